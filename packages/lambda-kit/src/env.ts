import * as z from 'zod/mini';
import { summaryOf, useValidationMessages } from './validation-messages.js';

/** A function's settings are missing or wrong. Names the variables, never their values. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** A variable that must not be empty. */
export const variable = z.string().check(z.minLength(1));

/** What the functions of a service that only use its table need. */
export const tableVariables = { TABLE_NAME: variable };

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
