export type Answer =
  | { readonly value: unknown }
  | { readonly error: { readonly type: string; readonly message: string } };

export interface Spoiling {
  /** For the test's message. */
  readonly how: string;
  readonly spoil: (answer: Answer) => Answer;
}

type Path = readonly string[];
type Change = (json: unknown) => unknown;

/** Fields that a contract does not promise; they may be missing, and must not be of another type. */
const optional = new Set(['correlationId', 'detail', 'errors', 'nextCursor']);

/**
 * Every way in which an answer like this one can be broken by one change.
 *
 * @param promised the fields that count (`error.code`), where an answer may have any number of others
 */
export function spoilings(answer: Answer, promised?: readonly string[]): Spoiling[] {
  const fails: Spoiling = { how: 'the function fails', spoil: () => failure };
  if ('error' in answer) return [fails, { how: 'it succeeds', spoil: () => ({ value: {} }) }];
  const { value } = answer;
  if (!isReply(value))
    return [fails, ...changesOf(value, promised).map(([how, change]) => ({ how, spoil: on(change) }))];
  const status: Change = (reply) => ({ ...(reply as Reply), statusCode: value.statusCode + 1 });
  const bodies = changesOf(JSON.parse(value.body), promised).map(([how, change]): [string, Change] => [
    how,
    (reply) => ({ ...(reply as Reply), body: JSON.stringify(change(JSON.parse((reply as Reply).body))) }),
  ]);
  return [
    fails,
    ...[['another status', status] as const, ...bodies].map(([how, change]) => ({ how, spoil: on(change) })),
  ];
}

const failure: Answer = { error: { type: 'Error', message: 'Planted by a test' } };

const on =
  (change: Change) =>
  (answer: Answer): Answer =>
    'error' in answer ? answer : { value: change(answer.value) };

interface Reply {
  readonly statusCode: number;
  readonly body: string;
}
const isReply = (value: unknown): value is Reply =>
  typeof value === 'object' && value !== null && 'statusCode' in value && 'body' in value;

function changesOf(json: unknown, promised: readonly string[] | undefined): [string, Change][] {
  const counts = (path: Path) =>
    promised?.some((name) => path.join('.') === name || path.join('.').startsWith(`${name}.`)) ?? true;
  const fields = pathsOf(json)
    .filter(counts)
    .flatMap((path): [string, Change][] => {
      const name = path.join('.');
      const another: [string, Change] = [`${name} is of another type`, at(path, otherType)];
      if (optional.has(path.at(-1) ?? '')) return [another];
      return [another, [`${name} is missing`, at(path, () => undefined)]];
    });
  if (promised) return fields;
  return [...fields, ['there is an unknown field', (value) => ({ ...(value as object), planted: true })]];
}

/** Paths of all fields; of a list only its first element's, whose own absence may be fine. */
function pathsOf(json: unknown, path: Path = []): Path[] {
  if (typeof json !== 'object' || json === null) return [];
  if (Array.isArray(json)) return pathsOf(json[0], [...path, '0']);
  return Object.entries(json).flatMap(([name, value]) => [
    [...path, name],
    ...pathsOf(value, [...path, name]),
  ]);
}

const otherType = (value: unknown): unknown => (typeof value === 'string' ? 7 : 'seven');

/** The same JSON, with one field changed. */
const at =
  ([name, ...rest]: Path, change: Change): Change =>
  (json) => {
    if (name === undefined) return change(json);
    const copy = structuredClone(json) as Record<string, unknown>;
    copy[name] = at(rest, change)(copy[name]);
    return JSON.parse(JSON.stringify(copy));
  };
