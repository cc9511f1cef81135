import { parseEnv, tableVariables, variable } from '@shipline/lambda-kit/env';
import * as z from 'zod/mini';

const Config = z.object({
  ...tableVariables,
  USER_POOL_ID: variable,
  /** Verified in SES, itself or its domain. */
  SENDER_ADDRESS: z.string().check(z.includes('@')),
  /** Origin of the shop, for links; without a slash at its end. */
  SHOP_URL: z.string().check(z.regex(/^https?:\/\/[^/\s]+$/)),
});

/** Settings of every function of this service. @throws {ConfigError} */
export const config = () => parseEnv(Config);
