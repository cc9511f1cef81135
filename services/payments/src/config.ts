import { parseEnv } from '@shipline/lambda-kit/env';
import * as z from 'zod/mini';

const text = z.string().check(z.minLength(1));
const Table = { TABLE_NAME: text };
const Gateway = z.object({ ...Table, GATEWAY_URL: z.url(), GATEWAY_SECRET_ARN: text });

/** Settings by function. @throws {ConfigError} */
export const gatewayConfig = () => parseEnv(Gateway);
export const tableConfig = () => parseEnv(z.object(Table));
export const relayConfig = () => parseEnv(z.object({ EVENT_BUS_NAME: text }));
