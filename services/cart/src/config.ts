import { parseEnv } from '@shipline/lambda-kit/env';
import * as z from 'zod/mini';

const name = z.string().check(z.minLength(1));
const ConsumerConfig = z.object({ TABLE_NAME: name });
const ApiConfig = z.object({
  TABLE_NAME: name,
  /** ARN of the alias `live` of catalog's function `quote`. */
  CATALOG_QUOTE_FUNCTION: name,
});

/** Settings of the function `api`. @throws {ConfigError} */
export const apiConfig = () => parseEnv(ApiConfig);

/** Settings of the functions that handle events. @throws {ConfigError} */
export const consumerConfig = () => parseEnv(ConsumerConfig);
