import { releaseCheckEntry } from '@shipline/lambda-kit/release-check-entry';
import { checkReleaseConfig } from '../config.js';
import { cartReleaseChecks } from '../release-checks.js';

const config = checkReleaseConfig();

export const handler = releaseCheckEntry(cartReleaseChecks({ sku: config.CHECK_SKU }), config);
