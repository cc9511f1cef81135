import { releaseCheckEntry } from '@shipline/lambda-kit/release-check-entry';
import { apiKeyOf } from '../adapters/merchant-secret.js';
import { secretOf } from '../adapters/secrets-manager.js';
import { checkReleaseConfig } from '../config.js';
import { sandboxReleaseChecks } from '../release-checks.js';

const config = checkReleaseConfig();
const readSecret = secretOf(config.MERCHANT_SECRET_ARN);

export const handler = releaseCheckEntry(
  sandboxReleaseChecks({ apiKey: () => apiKeyOf(readSecret) }),
  config,
);
