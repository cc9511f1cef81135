import * as z from 'zod/mini';

/**
 * What a deployed environment tells the page, at `/config.json`. The same bundle runs everywhere; nothing in
 * it knows where it runs.
 */
export const RuntimeConfig = z.object({
  environment: z.string().check(z.minLength(1)),
  region: z.string().check(z.minLength(1)),
  userPoolId: z.string().check(z.minLength(1)),
  userPoolClientId: z.string().check(z.minLength(1)),
  /** Where Cognito answers, when that is not AWS's own address of the region. */
  cognitoEndpoint: z.optional(z.url()),
  gateway: z.object({
    /** The card company's script: Stripe.js, or something that speaks its documented interface. */
    scriptUrl: z.url(),
    publishableKey: z.string().check(z.minLength(1)),
  }),
});
export type RuntimeConfig = z.infer<typeof RuntimeConfig>;

/** @throws when the file is absent or incomplete: without it the shop cannot sign anybody in or take a card. */
export async function loadConfig(fetch = globalThis.fetch): Promise<RuntimeConfig> {
  const response = await fetch('/config.json');
  if (!response.ok) throw new Error(`/config.json answered ${response.status}`);
  return RuntimeConfig.parse(await response.json());
}
