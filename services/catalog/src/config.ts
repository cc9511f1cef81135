import { parseEnv, tableVariables } from '@shipline/lambda-kit/env';
import * as z from 'zod/mini';

/** Settings of every function of this service. @throws {ConfigError} */
export const config = () => parseEnv(z.object(tableVariables));
