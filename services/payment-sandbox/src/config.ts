import { parseEnv } from '@shipline/lambda-kit/env';
import * as z from 'zod/mini';

const filled = z.string().check(z.minLength(1));
/** `localhost,,shop.test` -> localhost, shop.test. */
const hosts = z.pipe(
  z.string(),
  z.transform((text) => text.split(',').flatMap((host) => host.trim() || [])),
);

const Table = z.object({ TABLE_NAME: filled });
const Api = z.object({ TABLE_NAME: filled, MERCHANT_SECRET_ARN: filled, ALLOWED_WEBHOOK_HOSTS: hosts });
const Queue = z.object({ TABLE_NAME: filled, DELIVERIES_QUEUE_URL: filled });
const Delivery = z.object({
  TABLE_NAME: filled,
  DELIVERIES_QUEUE_URL: filled,
  ALLOWED_WEBHOOK_HOSTS: hosts,
});

/** Settings of the functions; each asks for its own. @throws {ConfigError} */
export const tableConfig = () => parseEnv(Table);
export const apiConfig = () => parseEnv(Api);
export const queueConfig = () => parseEnv(Queue);
export const deliveryConfig = () => parseEnv(Delivery);
