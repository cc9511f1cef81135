import { releaseCheckEntry } from '@shipline/lambda-kit/release-check-entry';
import { checkReleaseConfig } from '../config.js';
import { inventoryReleaseChecks } from '../release-checks.js';

const config = checkReleaseConfig();

export const handler = releaseCheckEntry(inventoryReleaseChecks({ sku: config.CHECK_SKU }), config);
