import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../paths.js';
import { filesOf, type SiteObject } from '../storefront/bundle.js';
import type { StorefrontClients } from '../storefront/clients.js';
import { type PublishedStorefront, publishBundle } from '../storefront/release.js';
import type { Outputs } from './outputs.js';

/** Published beside the storefront, but part of no release of it. */
const contracts = 'api/';

/** The storefront's build and the contracts of APIs and events, as `pnpm build` has made them. */
export const builtSite = (): SiteObject[] => [
  ...filesOf(join(root, 'services/storefront/dist')),
  ...['openapi.json', 'events.json'].map((name) => ({
    key: `${contracts}${name}`,
    body: readFileSync(join(root, 'packages/contracts/dist', name)),
  })),
];

/** Releases the storefront, with the contracts and the storefront's configuration beside it. */
export function publishShop(
  clients: StorefrontClients,
  outputs: Outputs,
  site: readonly SiteObject[] = builtSite(),
): Promise<PublishedStorefront> {
  const isContract = ({ key }: SiteObject) => key.startsWith(contracts);
  const config = { key: 'config.json', body: Buffer.from(outputs.storefrontConfig) };
  return publishBundle(
    clients,
    outputs,
    {
      bundle: site.filter((object) => !isContract(object)),
      settings: [...site.filter(isContract), config],
    },
    new Date(),
  );
}
