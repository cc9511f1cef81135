import type { Environment } from '../environment.js';
import type { GatewayAddresses } from '../gateway.js';

/** Where the browser signs in. */
export const cognitoOrigin = ({ cognitoEndpoint, region }: Environment) =>
  cognitoEndpoint ?? `https://cognito-idp.${region}.amazonaws.com`;

/** The page may load its own parts, the card company's form, and nothing else. */
export function contentSecurityPolicy(environment: Environment, gateway: GatewayAddresses): string {
  const directives: Record<string, readonly string[]> = {
    'default-src': ["'self'"],
    'script-src': ["'self'", ...gateway.scripts],
    'style-src': ["'self'"],
    'img-src': ["'self'", 'data:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'", cognitoOrigin(environment), ...gateway.connections],
    'frame-src': [...gateway.frames],
    'frame-ancestors': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'object-src': ["'none'"],
  };
  return Object.entries(directives)
    .map(([directive, sources]) => `${directive} ${sources.join(' ')}`)
    .join('; ');
}
