import * as z from 'zod/mini';
import { GatewayError } from '../domain/gateway-error.js';
import type { Form } from './form.js';
import { EMPTY, NOT_INTEGER } from './parameters.js';

/**
 * The parameters that an endpoint takes. Messages name the parameter and never what was sent: it can be a card.
 *
 * @throws {GatewayError} with Stripe's codes for what is missing, unknown or not what it should be.
 */
export function parse<S extends z.ZodMiniType>(schema: S, form: Form): z.output<S> {
  const parsed = z.safeParse(schema, form);
  if (parsed.success) return parsed.data;
  throw refusalOf(deepest(parsed.error.issues));
}

type Issue = z.core.$ZodIssue;

/** Of a union, the branch that came furthest says what is wrong. */
function deepest([first]: readonly Issue[], above: readonly PropertyKey[] = []): Issue {
  if (!first) throw new Error('An invalid form without an issue');
  const path = [...above, ...first.path];
  if (first.code !== 'invalid_union') return { ...first, path };
  const branch = first.errors.find(([issue]) => (issue?.path.length ?? 0) > 0) ?? first.errors[0] ?? [];
  return deepest(branch, path);
}

function refusalOf(issue: Issue): GatewayError {
  const param = nameOf(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const unknown = nameOf([...issue.path, (issue.keys[0] ?? '').slice(0, 40)]);
    return new GatewayError('parameter_unknown', {
      message: `Received unknown parameter: ${unknown}`,
      param: unknown,
    });
  }
  if (issue.message === NOT_INTEGER)
    return new GatewayError('parameter_invalid_integer', { message: `Invalid integer: ${param}`, param });
  if (issue.message === EMPTY)
    return new GatewayError('parameter_invalid_empty', {
      message: `You passed an empty string for '${param}'.`,
      param,
    });
  if (issue.message === 'is missing')
    return new GatewayError('parameter_missing', { message: `Missing required param: ${param}.`, param });
  return new GatewayError('parameter_invalid', { message: `Invalid ${param}: ${issue.message}`, param });
}

/** card, number -> `card[number]`. */
const nameOf = ([first = '', ...rest]: readonly PropertyKey[]): string =>
  `${String(first)}${rest.map((key) => `[${String(key)}]`).join('')}`;
