import { GatewayError } from '../domain/gateway-error.js';

/** What Stripe's form encoding can carry: `a[b]=1&c[]=2&c[]=3`. All values are text. */
export type Form = { [name: string]: string | Form | (string | Form)[] };

const MAX_PAIRS = 400;
const MAX_DEPTH = 4;

/** @throws {GatewayError} `body_malformed` for names that nest too deep or contradict each other. */
export function parseForm(pairs: URLSearchParams): Form {
  const form = empty();
  let count = 0;
  for (const [name, value] of pairs) {
    count += 1;
    if (count > MAX_PAIRS) throw malformed();
    put(form, keysOf(name), value);
  }
  return listsOf(form) as Form;
}

/** `card[number]` -> card, number. */
function keysOf(name: string): string[] {
  // eslint-disable-next-line security/detect-unsafe-regex -- linear: every group begins with a bracket
  const match = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name);
  const keys = match
    ? [
        match[1] ?? '',
        ...(match[2] ?? '')
          .split('[')
          .slice(1)
          .map((k) => k.slice(0, -1)),
      ]
    : [];
  if (keys.length === 0 || keys.length > MAX_DEPTH) throw malformed();
  return keys;
}

function put(form: Form, [key = '', ...rest]: string[], value: string): void {
  // `c[]` counts on where it stands.
  const name = key === '' ? String(Object.keys(form).length) : key;
  const known = form[name];
  if (rest.length === 0) {
    if (typeof known === 'object') throw malformed();
    form[name] = value;
    return;
  }
  if (known === undefined) form[name] = empty();
  else if (typeof known === 'string') throw malformed();
  put(form[name] as Form, rest, value);
}

/** An object whose names are 0, 1, 2, … is a list. */
function listsOf(value: string | Form): string | Form | (string | Form)[] {
  if (typeof value === 'string') return value;
  const entries = Object.entries(value).map(
    ([name, inner]) => [name, listsOf(inner as string | Form)] as const,
  );
  if (entries.length > 0 && entries.every(([name], index) => name === String(index)))
    return entries.map(([, inner]) => inner as string | Form);
  return Object.assign(empty(), Object.fromEntries(entries));
}

/** Without a prototype: a parameter may be called `constructor`. */
const empty = (): Form => Object.create(null) as Form;

const malformed = () =>
  new GatewayError('body_malformed', { message: 'The request could not be parsed: send it form-encoded.' });
