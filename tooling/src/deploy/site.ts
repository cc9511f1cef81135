import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../paths.js';
import { filesOf } from '../storefront/bundle.js';
import type { StorefrontClients } from '../storefront/clients.js';
import { type PublishedStorefront, publishBundle } from '../storefront/release.js';
import type { Outputs } from './outputs.js';

/** Releases the storefront's build, with the OpenAPI document and the storefront's configuration beside it. */
export function publishShop(clients: StorefrontClients, outputs: Outputs): Promise<PublishedStorefront> {
  const openApi = readFileSync(join(root, 'packages/contracts/dist/openapi.json'));
  const config = Buffer.from(outputs.storefrontConfig);
  return publishBundle(
    clients,
    outputs,
    {
      bundle: filesOf(join(root, 'services/storefront/dist')),
      settings: [
        { key: 'api/openapi.json', body: openApi },
        { key: 'config.json', body: config },
      ],
    },
    new Date(),
  );
}
