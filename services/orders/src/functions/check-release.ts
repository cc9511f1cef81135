import { releaseCheckEntry } from '@shipline/lambda-kit/release-check-entry';
import { checkReleaseConfig } from '../config.js';
import { ordersReleaseChecks } from '../release-checks.js';

const config = checkReleaseConfig();

export const handler = releaseCheckEntry(ordersReleaseChecks({ sku: config.CHECK_SKU }), config);
