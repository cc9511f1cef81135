import { parseEnv, tableVariables, variable } from '@shipline/lambda-kit/env';
import { releaseCheckSettings } from '@shipline/lambda-kit/release-check/settings';
import * as z from 'zod/mini';

const Gateway = z.object({ ...tableVariables, GATEWAY_URL: z.url(), GATEWAY_SECRET_ARN: variable });

/** Settings by function. @throws {ConfigError} */
export const gatewayConfig = () => parseEnv(Gateway);
export const tableConfig = () => parseEnv(z.object(tableVariables));
export const relayConfig = () => parseEnv(z.object({ EVENT_BUS_NAME: variable }));
export const checkReleaseConfig = () => parseEnv(z.object(releaseCheckSettings));
