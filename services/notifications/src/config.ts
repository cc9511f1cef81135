import { parseEnv } from '@shipline/lambda-kit/env';
import * as z from 'zod/mini';

const name = z.string().check(z.minLength(1));
const Config = z.object({
  TABLE_NAME: name,
  USER_POOL_ID: name,
  /** Verified in SES, itself or its domain. */
  SENDER_ADDRESS: z.string().check(z.includes('@')),
  /** Origin of the shop, for links; without a slash at its end. */
  SHOP_URL: z.string().check(z.regex(/^https?:\/\/[^/\s]+$/)),
});

/** Settings of every function of this service. @throws {ConfigError} */
export const config = () => parseEnv(Config);
