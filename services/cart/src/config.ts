import { parseEnv, tableVariables, variable } from '@shipline/lambda-kit/env';
import * as z from 'zod/mini';

const ApiConfig = z.object({
  ...tableVariables,
  /** ARN of the alias `live` of catalog's function `quote`. */
  CATALOG_QUOTE_FUNCTION: variable,
});

/** Settings of the function `api`. @throws {ConfigError} */
export const apiConfig = () => parseEnv(ApiConfig);

/** Settings of the functions that handle events. @throws {ConfigError} */
export const consumerConfig = () => parseEnv(z.object(tableVariables));
