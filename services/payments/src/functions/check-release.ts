import { releaseCheckEntry } from '@shipline/lambda-kit/release-check-entry';
import { checkReleaseConfig } from '../config.js';
import { paymentsReleaseChecks } from '../release-checks.js';

export const handler = releaseCheckEntry(paymentsReleaseChecks, checkReleaseConfig());
