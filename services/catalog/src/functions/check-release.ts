import { releaseCheckEntry } from '@shipline/lambda-kit/release-check-entry';
import { checkReleaseConfig } from '../config.js';
import { catalogReleaseChecks } from '../release-checks.js';

const config = checkReleaseConfig();

export const handler = releaseCheckEntry(catalogReleaseChecks({ sku: config.CHECK_SKU }), config);
