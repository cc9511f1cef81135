import { removedFields, type Side, unreadable } from './readable.js';
import { resolverOf, type Schema } from './schema.js';

interface Body {
  readonly required?: boolean;
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly deprecated?: boolean;
  readonly schema?: Schema;
}
interface Operation {
  readonly deprecated?: boolean;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Body;
  readonly responses?: Readonly<Record<string, Body>>;
}

/** What a release publishes of its contracts. */
export interface PublishedContracts {
  /** OpenAPI 3.1. */
  readonly api: { readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>> };
  /** JSON Schema by event type. */
  readonly events: Readonly<Record<string, Schema>>;
}

const methods = ['get', 'put', 'post', 'delete', 'patch'];

/**
 * What keeps the release that is live from working beside the next one, one sentence each: while traffic shifts, and in
 * browsers that are open, both call each other; events of the one are read by the other. What the one that is live has marked
 * deprecated it can do without: nothing of it calls, sends or needs that any more.
 */
export const breaksBetween = (live: PublishedContracts, next: PublishedContracts): string[] => [
  ...routesOf(live).flatMap(([route, operation]) => brokenRoute(route, operation, live, next)),
  ...Object.entries(live.events).flatMap(([type, schema]) => brokenEvent(type, schema, next.events[type])),
];

const routesOf = ({ api }: PublishedContracts): [string, Operation][] =>
  Object.entries(api.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, operation]): [string, Operation][] =>
      methods.includes(method) ? [[`${method.toUpperCase()} ${path}`, operation]] : [],
    ),
  );

function brokenRoute(
  route: string,
  before: Operation,
  live: PublishedContracts,
  next: PublishedContracts,
): string[] {
  const after = new Map(routesOf(next)).get(route);
  if (!after) return before.deprecated ? [] : [`${route} is gone`];
  const old = (schema: Schema): Side => ({ schema, resolve: resolverOf(live.api) });
  const now = (schema: Schema): Side => ({ schema, resolve: resolverOf(next.api) });
  const sent = bodiesOf(before.requestBody, after.requestBody);
  const reads = (schema: Schema): Side => ({ ...old(schema), readsWithoutDeprecated: true });
  const answered = Object.entries(before.responses ?? {}).flatMap(([status, body]) => {
    const other = after.responses?.[status];
    return other ? bodiesOf(body, other) : [];
  });
  return [
    ...parameterBreaks(before, after, old, now),
    ...(after.requestBody?.required && !before.requestBody?.required ? ['a body is needed now'] : []),
    ...Object.keys(before.responses ?? {})
      .filter((status) => status.startsWith('2') && !after.responses?.[status])
      .map((status) => `it no longer answers ${status}`),
    ...lostTypes(before.requestBody, after.requestBody).map((type) => `it no longer takes ${type}`),
    ...Object.entries(after.responses ?? {}).flatMap(([status, body]) =>
      lostTypes(before.responses?.[status], body).map(
        (type) => `it no longer answers ${status} with ${type}`,
      ),
    ),
    ...sent.flatMap(([was, is]) => [...unreadable(old(was), now(is)), ...removedFields(old(was), now(is))]),
    ...answered.flatMap(([was, is]) => [
      ...unreadable(now(is), reads(was)),
      ...removedFields(reads(was), now(is)),
    ]),
  ].map((reason) => `${route}: ${reason}`);
}

function parameterBreaks(
  { parameters: before = [] }: Operation,
  { parameters: after = [] }: Operation,
  old: (schema: Schema) => Side,
  now: (schema: Schema) => Side,
): string[] {
  const same = (one: Parameter) => (other: Parameter) => one.name === other.name && one.in === other.in;
  const gone = before.filter(
    (parameter) => !after.some(same(parameter)) && (!parameter.deprecated || parameter.required),
  );
  const changed = after.flatMap((parameter) => {
    const known = before.find(same(parameter));
    if (parameter.required && !known?.required) return [`the parameter ${parameter.name} is needed now`];
    return known?.schema && parameter.schema
      ? unreadable(old(known.schema), now(parameter.schema), parameter.name)
      : [];
  });
  return [...gone.map(({ name }) => `the parameter ${name} is gone`), ...changed];
}

const bodiesOf = (before: Body | undefined, after: Body | undefined): [Schema, Schema][] =>
  Object.entries(before?.content ?? {}).flatMap(([type, { schema }]): [Schema, Schema][] => {
    const other = after?.content?.[type]?.schema;
    return schema && other ? [[schema, other]] : [];
  });

const lostTypes = (before: Body | undefined, after: Body | undefined): string[] =>
  Object.keys(before?.content ?? {}).filter((type) => !after?.content?.[type]);

/** The live release reads what the next one publishes, and the next one what is still in queues and archives. */
function brokenEvent(type: string, before: Schema, after: Schema | undefined): string[] {
  if (!after) return before.deprecated ? [] : [`${type} is gone`];
  const old: Side = { schema: before, resolve: resolverOf(before), readsWithoutDeprecated: true };
  const now: Side = { schema: after, resolve: resolverOf(after) };
  const reasons = [...unreadable(now, old), ...unreadable(old, now), ...removedFields(old, now)];
  return [...new Set(reasons)].map((reason) => `${type}: ${reason}`);
}
