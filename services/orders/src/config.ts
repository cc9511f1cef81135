import { parseEnv, tableVariables, variable } from '@shipline/lambda-kit/env';
import { releaseCheckSettings } from '@shipline/lambda-kit/release-check/settings';
import * as z from 'zod/mini';

const Api = z.object({
  ...tableVariables,
  CATALOG_QUOTE_FUNCTION: variable,
  INVENTORY_RESERVE_FUNCTION: variable,
  STATE_MACHINE_ARN: variable,
});
const Sweep = z.object({
  ...tableVariables,
  PAYMENTS_LOOK_UP_FUNCTION: variable,
  STATE_MACHINE_ARN: variable,
});

/** Settings by function. @throws {ConfigError} */
export const apiConfig = () => parseEnv(Api);
export const sweepConfig = () => parseEnv(Sweep);
/** Consumers and tasks. */
export const tableConfig = () => parseEnv(z.object(tableVariables));
export const relayConfig = () => parseEnv(z.object({ EVENT_BUS_NAME: variable }));

/** Settings of the function `check-release`; `CHECK_SKU` is a product that the shop always has. @throws {ConfigError} */
export const checkReleaseConfig = () => parseEnv(z.object({ ...releaseCheckSettings, CHECK_SKU: variable }));
