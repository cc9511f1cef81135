import * as z from 'zod/mini';

const FIELD_NAME = /^[A-Za-z_][A-Za-z0-9_-]{0,39}$/;

/**
 * Messages that say what is expected and never what was sent: a value may be a secret or a card number.
 * zod/mini comes without messages; its English ones weigh more than what is needed here.
 */
export function useValidationMessages(): void {
  z.config({ localeError: (issue) => messageOf(issue) });
}

function messageOf(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be of type ${issue.expected}`;
    case 'too_small':
      return `must be ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${unitOf(issue.origin)}`;
    case 'too_big':
      return `must be ${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}${unitOf(issue.origin)}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'unrecognized_keys':
      return `has unknown fields: ${issue.keys.slice(0, 5).map(fieldName).join(', ')}`;
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'invalid_format':
      return `is not a valid ${issue.format === 'regex' ? 'value' : issue.format}`;
    default:
      return 'is not valid';
  }
}

const unitOf = (origin: string): string =>
  origin === 'string' ? ' characters' : origin === 'array' || origin === 'set' ? ' items' : '';

/** A key can be anything that the caller made up: only what looks like a name is repeated. */
const fieldName = (key: string): string => (FIELD_NAME.test(key) ? key : '(unnamed)');

/** `lines.0.quantity`. */
export const pathOf = (path: readonly PropertyKey[] = []): string =>
  path
    .map((key) =>
      typeof key === 'number' || /^\d{1,4}$/.test(String(key)) ? String(key) : fieldName(String(key)),
    )
    .join('.');

/** `lines.0.quantity must be at least 1; currency is missing`. Names and rules, no values. */
export const summaryOf = ({ issues }: z.core.$ZodError): string =>
  issues
    .slice(0, 20)
    .map(({ path, message }) => `${pathOf(path) || 'input'} ${message}`)
    .join('; ');
