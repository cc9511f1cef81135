import { RequestRefusal } from './request-refusal.js';

/** Whose request it is, as API Gateway's JWT authorizer has verified it. */
export interface Customer {
  /** The Cognito user's `sub`. */
  readonly customerId: string;
  /** The user's Cognito groups, for example `staff`. */
  readonly groups: readonly string[];
}

/**
 * Reads the claims of an HTTP API's JWT authorizer. A request without any is a fault of ours, not the caller's:
 * the gateway lets none through on a route that has the authorizer. The authorizer takes an ID token as well, by its
 * audience: it tells an app who somebody is and is no permission to call us.
 *
 * @throws {RequestRefusal} 401 `NOT_AN_ACCESS_TOKEN`.
 * @throws {Error} where the route has no authorizer.
 */
export function customerOf(event: unknown): Customer {
  const claims = claimsOf(event);
  const sub = claims?.['sub'];
  if (typeof sub !== 'string' || sub === '') throw new Error('The route has no JWT authorizer');
  if (claims?.['token_use'] !== 'access') throw new RequestRefusal(401, 'NOT_AN_ACCESS_TOKEN');
  return { customerId: sub, groups: groupsOf(claims?.['cognito:groups']) };
}

/** The signed-in customer's id: the claim `sub`. @throws as `customerOf` does. */
export const customerId = (event: unknown): string => customerOf(event).customerId;

type Claims = Readonly<Record<string, unknown>>;

function claimsOf(event: unknown): Claims | undefined {
  const { requestContext } = event as { requestContext?: { authorizer?: { jwt?: { claims?: Claims } } } };
  return requestContext?.authorizer?.jwt?.claims;
}

/** HTTP APIs flatten the claim's list to `[staff admin]`. */
function groupsOf(claim: unknown): string[] {
  if (Array.isArray(claim)) return claim.filter((group) => typeof group === 'string');
  if (typeof claim !== 'string') return [];
  return claim
    .replace(/^\[|\]$/g, '')
    .split(/[\s,]+/)
    .filter(Boolean);
}
