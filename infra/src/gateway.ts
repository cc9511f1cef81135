import type { ShiplineStack } from './shipline-stack.js';

/** Where the card company answers, and what a page of the shop may load from it. */
export interface GatewayAddresses {
  /** Origin of its API, for the SDK. */
  readonly apiUrl: string;
  /** Its script for the browser. */
  readonly scriptUrl: string;
  /** Sources for the Content-Security-Policy. */
  readonly scripts: readonly string[];
  readonly frames: readonly string[];
  readonly connections: readonly string[];
}

/** Stripe's own list: https://docs.stripe.com/security/guide#content-security-policy */
const stripe: GatewayAddresses = {
  apiUrl: 'https://api.stripe.com',
  scriptUrl: 'https://js.stripe.com/v3/',
  scripts: ['https://js.stripe.com', 'https://*.js.stripe.com'],
  frames: ['https://js.stripe.com', 'https://*.js.stripe.com', 'https://hooks.stripe.com'],
  connections: ['https://api.stripe.com'],
};

/** Path of the sandbox's browser script, below its origin. */
const SANDBOX_SCRIPT = '/v1/stripe.js';

/** The gateway of a stack's environment; a sandbox on AWS is found through Parameter Store. */
export function gatewayOf(stack: ShiplineStack): GatewayAddresses {
  const { gateway } = stack.environmentData;
  if (gateway.kind === 'stripe') return stripe;
  const origin = gateway.url ?? stack.read(stack.names.sandboxUrl);
  return {
    apiUrl: origin,
    scriptUrl: `${origin}${SANDBOX_SCRIPT}`,
    scripts: [origin],
    frames: [origin],
    connections: [origin],
  };
}
