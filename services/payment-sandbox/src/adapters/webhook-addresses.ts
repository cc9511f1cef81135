import { BlockList, isIP } from 'node:net';
import type { WebhookAddresses } from '../ports/webhooks.js';

/**
 * A webhook's URL is data that others choose, and it is called from inside the account: nothing but the public
 * internet may be reached by it, least of all the instance metadata and Lambda's own loopback. Host names that
 * are allowed nevertheless come from the template.
 */
const forbidden = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  forbidden.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  forbidden.addSubnet(network, prefix, 'ipv6');

/** Whether nothing may be sent to this IP address. */
export const isForbiddenAddress = (address: string): boolean =>
  forbidden.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

export interface AddressRules extends WebhookAddresses {
  /** The host may lead to a private address. */
  isAllowedHost(hostname: string): boolean;
}

/** Names that only the inside of a network knows. */
const INTERNAL = /(^|\.)(localhost|local|internal|localdomain|home\.arpa)$/;

export function webhookAddresses(allowedHosts: readonly string[]): AddressRules {
  const allowed = new Set(allowedHosts.map((host) => host.toLowerCase()));
  const isAllowedHost = (hostname: string) => allowed.has(hostname.toLowerCase());
  return {
    isAllowedHost,
    refusal(text) {
      const url = URL.canParse(text) ? new URL(text) : undefined;
      if (!url || !['http:', 'https:'].includes(url.protocol))
        return 'Invalid URL: An explicit scheme (such as https) must be provided.';
      if (url.username || url.password) return 'Invalid URL: it must not carry credentials.';
      const { hostname } = url;
      if (isAllowedHost(hostname)) return undefined;
      const literal = hostname.replace(/^\[|\]$/g, '');
      const isPublic = isIP(literal) ? !isForbiddenAddress(literal) : isPublicName(hostname);
      return isPublic ? undefined : 'Invalid URL: it must be reachable from the public internet.';
    },
  };
}

const isPublicName = (hostname: string): boolean => {
  const name = hostname.replace(/\.$/, '');
  return name.includes('.') && !INTERNAL.test(name);
};
