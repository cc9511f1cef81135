import { isDeepStrictEqual } from 'node:util';
import { alternativesOf, isDeprecated, type Resolve, type Schema, typesOf, valuesOf } from './schema.js';

/** One side of a message: what it writes, or what it takes. */
export interface Side {
  readonly schema: Schema;
  readonly resolve: Resolve;
  /** It reads without the fields that it has marked deprecated: of what it is sent, not of what it asks others to send. */
  readonly readsWithoutDeprecated?: boolean;
}

/**
 * Why a reader would not take everything that a writer may send, one phrase each. A field that the reader does not know
 * is no reason: adding optional fields is how a contract grows.
 * @param at Where in the message, for people.
 */
export function unreadable(writer: Side, reader: Side, at = ''): string[] {
  const written = alternativesOf(writer.resolve(writer.schema), writer.resolve);
  const taken = alternativesOf(reader.resolve(reader.schema), reader.resolve);
  return written.flatMap((schema) => {
    const attempts = taken.map((one) => reasons({ ...writer, schema }, { ...reader, schema: one }, at));
    // The alternative that fits best tells most about what is wrong.
    return attempts.sort((a, b) => a.length - b.length)[0] ?? [];
  });
}

function reasons(writer: Side, reader: Side, at: string): string[] {
  if (isDeepStrictEqual(writer.schema, reader.schema) && writer.resolve === reader.resolve) return [];
  return [
    ...typeReasons(writer.schema, reader.schema, at),
    ...valueReasons(writer.schema, reader.schema, at),
    ...limitReasons(writer.schema, reader.schema, at),
    ...partReasons(writer, reader, at),
    ...fieldReasons(writer, reader, at),
  ];
}

const place = (at: string) => at || 'the message';

function typeReasons(writer: Schema, reader: Schema, at: string): string[] {
  const taken = typesOf(reader);
  if (taken.length === 0) return [];
  const fits = (type: string) => taken.includes(type) || (type === 'integer' && taken.includes('number'));
  const written = typesOf(writer);
  if (written.length > 0 && written.every(fits)) return [];
  return [
    `${place(at)} is ${written.join(' or ') || 'anything'} on one side and ${taken.join(' or ')} on the other`,
  ];
}

function valueReasons(writer: Schema, reader: Schema, at: string): string[] {
  const taken = valuesOf(reader);
  if (!taken) return [];
  const written = valuesOf(writer);
  if (!written) return [`${place(at)} may be more than ${taken.join(', ')}`];
  const unknown = written.filter((value) => !taken.includes(value));
  return unknown.length > 0
    ? [`${place(at)} may be ${unknown.join(', ')}, which the other does not know`]
    : [];
}

const lowest = ['minimum', 'minLength', 'minItems'] as const;
const highest = ['maximum', 'maxLength', 'maxItems'] as const;
const shapes = ['pattern', 'format'] as const;

function limitReasons(writer: Schema, reader: Schema, at: string): string[] {
  const narrower = [
    ...lowest.filter(
      (key) => (reader[key] ?? Number.NEGATIVE_INFINITY) > (writer[key] ?? Number.NEGATIVE_INFINITY),
    ),
    ...highest.filter(
      (key) => (reader[key] ?? Number.POSITIVE_INFINITY) < (writer[key] ?? Number.POSITIVE_INFINITY),
    ),
    // A fixed value has the shape that it has.
    ...shapes.filter((key) => reader[key] !== undefined && reader[key] !== writer[key] && !valuesOf(writer)),
  ];
  return narrower.map((key) => `${place(at)} has the ${key} ${reader[key]} on one side only`);
}

/** Items of lists and values of records. */
function partReasons(writer: Side, reader: Side, at: string): string[] {
  const below = (part: Schema | undefined, other: Schema | undefined, name: string) =>
    part && other
      ? unreadable({ ...writer, schema: part }, { ...reader, schema: other }, `${at}${name}`)
      : [];
  const { additionalProperties: written } = writer.schema;
  const { additionalProperties: taken } = reader.schema;
  return [
    ...below(writer.schema.items, reader.schema.items, '[]'),
    ...(typeof written === 'object' && typeof taken === 'object' ? below(written, taken, '.*') : []),
    ...(reader.schema.allOf ?? []).flatMap((part) => below(writer.schema, part, '')),
  ];
}

function fieldReasons(writer: Side, reader: Side, at: string): string[] {
  const written = writer.schema.properties ?? {};
  const taken = reader.schema.properties ?? {};
  const always = writer.schema.required ?? [];
  const field = (name: string) => (at ? `${at}.${name}` : name);
  const dispensable = (name: string) =>
    reader.readsWithoutDeprecated && isDeprecated(taken[name] ?? {}, reader.resolve);
  const missing = (reader.schema.required ?? []).filter(
    (name) => !always.includes(name) && !dispensable(name),
  );
  return [
    ...missing.map((name) => `${field(name)} is needed on one side and not always there on the other`),
    ...Object.entries(taken).flatMap(([name, schema]) => {
      const source = written[name];
      return source ? unreadable({ ...writer, schema: source }, { ...reader, schema }, field(name)) : [];
    }),
  ];
}

/**
 * Fields that a schema had and no longer has, wherever they are: they are removed only after their last reader, which is
 * what the side that had them says by marking them deprecated.
 */
export function removedFields(before: Side, after: Side, at = ''): string[] {
  const old = alternativesOf(before.resolve(before.schema), before.resolve);
  const now = alternativesOf(after.resolve(after.schema), after.resolve);
  const names = new Set(now.flatMap(({ properties = {} }) => Object.keys(properties)));
  return [...new Set(old.flatMap((schema) => removedFrom({ ...before, schema }, now, names, after, at)))];
}

function removedFrom(
  before: Side,
  now: readonly Schema[],
  names: ReadonlySet<string>,
  after: Side,
  at: string,
): string[] {
  const below = (schema: Schema, others: readonly (Schema | undefined)[], path: string) => {
    const anyOf = others.filter((other) => other !== undefined);
    return anyOf.length > 0
      ? removedFields({ ...before, schema }, { ...after, schema: { anyOf } }, path)
      : [];
  };
  const { properties = {}, items } = before.schema;
  const fields = Object.entries(properties).flatMap(([name, schema]) => {
    const path = at ? `${at}.${name}` : name;
    if (!names.has(name)) return missed(before, name, now).map((reason) => `${path} ${reason}`);
    return below(
      schema,
      now.map((other) => other.properties?.[name]),
      path,
    );
  });
  return items
    ? [
        ...fields,
        ...below(
          items,
          now.map((other) => other.items),
          `${at}[]`,
        ),
      ]
    : fields;
}

/** Why a field that is gone is missed. */
function missed(
  { schema, resolve, readsWithoutDeprecated }: Side,
  name: string,
  now: readonly Schema[],
): string[] {
  if (!isDeprecated(schema.properties?.[name] ?? {}, resolve)) return ['is gone'];
  // What is read may still hold it: messages wait in queues and archives, and the other release goes on writing it.
  if (readsWithoutDeprecated)
    return now.every(({ additionalProperties }) => additionalProperties === false)
      ? ['is gone, and refused where it is still written']
      : [];
  // What must be sent is not sent by callers who no longer know it.
  return schema.required?.includes(name) ? ['is gone, and still needed on the other side'] : [];
}
