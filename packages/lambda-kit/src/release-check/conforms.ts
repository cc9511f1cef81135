import { partialDeepStrictEqual } from 'node:assert/strict';
import * as z from 'zod/mini';
import { summaryOf, useValidationMessages } from '../validation-messages.js';
import { CheckFailed } from './check.js';

/**
 * Holds what came back against its schema, and refuses what the schema does not name: such a field is one that
 * nobody meant to show.
 *
 * @param what for the log line: `a reply as getProduct has it`
 * @param expected a part of the value; objects may have more fields, arrays more elements
 * @throws {CheckFailed}
 */
export function conforms<S extends z.ZodMiniType>(
  what: string,
  schema: S,
  value: unknown,
  expected?: unknown,
): z.output<S> {
  useValidationMessages();
  const parsed = z.safeParse(schema, value);
  if (!parsed.success) throw new CheckFailed(what, `${summaryOf(parsed.error)}: ${JSON.stringify(value)}`);
  const unknown = unknownFields(parsed.data, value);
  if (unknown.length > 0)
    throw new CheckFailed(what, `unknown fields ${unknown.join(', ')}: ${JSON.stringify(value)}`);
  if (expected !== undefined) contains(value, expected);
  return parsed.data;
}

function contains(value: unknown, expected: unknown): void {
  try {
    partialDeepStrictEqual(value, expected);
  } catch {
    throw new CheckFailed(expected, value);
  }
}

/** Paths of what was received and is not in what the schema kept of it. */
function unknownFields(kept: unknown, received: unknown, path = ''): string[] {
  if (typeof received !== 'object' || received === null) return [];
  const known = (kept ?? {}) as Record<string, unknown>;
  return Object.entries(received).flatMap(([name, value]) => {
    const here = path === '' ? name : `${path}.${name}`;
    return name in known ? unknownFields(known[name], value, here) : [here];
  });
}
