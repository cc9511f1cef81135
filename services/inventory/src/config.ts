import { parseEnv, tableVariables, variable } from '@shipline/lambda-kit/env';
import { releaseCheckSettings } from '@shipline/lambda-kit/release-check/settings';
import * as z from 'zod/mini';

/** Settings of every function that works on the table. @throws {ConfigError} */
export const config = () => parseEnv(z.object(tableVariables));

/** Settings of the function `check-release`; `CHECK_SKU` is a product that is always in stock. @throws {ConfigError} */
export const checkReleaseConfig = () => parseEnv(z.object({ ...releaseCheckSettings, CHECK_SKU: variable }));
