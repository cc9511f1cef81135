import { parseEnv, tableVariables, variable } from '@shipline/lambda-kit/env';
import { releaseCheckSettings } from '@shipline/lambda-kit/release-check/settings';
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

/** Settings of the function `check-release`; `CHECK_SKU` is a product that the shop always has. @throws {ConfigError} */
export const checkReleaseConfig = () => parseEnv(z.object({ ...releaseCheckSettings, CHECK_SKU: variable }));
