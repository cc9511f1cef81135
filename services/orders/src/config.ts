import { parseEnv } from '@shipline/lambda-kit/env';
import * as z from 'zod/mini';

const text = z.string().check(z.minLength(1));
const Table = { TABLE_NAME: text };
const Api = z.object({
  ...Table,
  CATALOG_QUOTE_FUNCTION: text,
  INVENTORY_RESERVE_FUNCTION: text,
  STATE_MACHINE_ARN: text,
});
const Sweep = z.object({ ...Table, PAYMENTS_LOOK_UP_FUNCTION: text, STATE_MACHINE_ARN: text });

/** Settings by function. @throws {ConfigError} */
export const apiConfig = () => parseEnv(Api);
export const sweepConfig = () => parseEnv(Sweep);
/** Consumers and tasks. */
export const tableConfig = () => parseEnv(z.object(Table));
export const relayConfig = () => parseEnv(z.object({ EVENT_BUS_NAME: text }));
