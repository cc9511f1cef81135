import { parseEnv } from '@shipline/lambda-kit/env';
import * as z from 'zod/mini';

const Config = z.object({ TABLE_NAME: z.string().check(z.minLength(1)) });

/** Settings of every function of this service. @throws {ConfigError} */
export const config = () => parseEnv(Config);
