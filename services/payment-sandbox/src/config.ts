import { parseEnv, tableVariables, variable } from '@shipline/lambda-kit/env';
import { releaseCheckSettings } from '@shipline/lambda-kit/release-check/settings';
import * as z from 'zod/mini';

/** `localhost,,shop.test` -> localhost, shop.test. */
const hosts = z.pipe(
  z.string(),
  z.transform((text) => text.split(',').flatMap((host) => host.trim() || [])),
);

const Api = z.object({ ...tableVariables, MERCHANT_SECRET_ARN: variable, ALLOWED_WEBHOOK_HOSTS: hosts });
const Queue = z.object({ ...tableVariables, DELIVERIES_QUEUE_URL: variable });
const Delivery = z.object({
  ...tableVariables,
  DELIVERIES_QUEUE_URL: variable,
  ALLOWED_WEBHOOK_HOSTS: hosts,
});
const CheckRelease = z.object({ ...releaseCheckSettings, MERCHANT_SECRET_ARN: variable });

/** Settings of the functions; each asks for its own. @throws {ConfigError} */
export const tableConfig = () => parseEnv(z.object(tableVariables));
export const apiConfig = () => parseEnv(Api);
export const queueConfig = () => parseEnv(Queue);
export const deliveryConfig = () => parseEnv(Delivery);
export const checkReleaseConfig = () => parseEnv(CheckRelease);
