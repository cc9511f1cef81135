import * as z from 'zod/mini';
import { summaryOf, useValidationMessages } from './validation-messages.js';

/** A function's settings are missing or wrong. Names the variables, never their values. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Parses a function's environment once, at its start. Variables that the schema does not name are ignored.
 *
 * @throws {ConfigError} naming every variable that is missing or wrong.
 * @example export const config = () => parseEnv(z.object({ TABLE_NAME: z.string() }), process.env)
 */
export function parseEnv<S extends z.ZodMiniType>(
  schema: S,
  env: Readonly<Record<string, string | undefined>> = process.env,
): z.output<S> {
  useValidationMessages();
  const result = z.safeParse(schema, env);
  if (!result.success) throw new ConfigError(`Environment: ${summaryOf(result.error)}`);
  return result.data;
}
