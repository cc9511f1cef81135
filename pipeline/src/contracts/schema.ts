/** The part of JSON Schema that the contracts are written in. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly deprecated?: boolean;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** Finds what a `$ref` of its document means. */
export type Resolve = (schema: Schema) => Schema;

/** References into a document (`#/components/schemas/Money`). */
export const resolverOf =
  (document: unknown): Resolve =>
  (schema) => {
    let found = schema;
    for (const seen = new Set<string>(); found.$ref !== undefined && !seen.has(found.$ref); ) {
      seen.add(found.$ref);
      found = found.$ref
        .replace(/^#\//, '')
        .split('/')
        .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], document) as Schema;
    }
    return found;
  };

/** The alternatives that a schema consists of; itself where it has none. */
export function alternativesOf(schema: Schema, resolve: Resolve): readonly Schema[] {
  const { anyOf, oneOf } = schema;
  const alternatives = anyOf ?? oneOf;
  return alternatives === undefined
    ? [schema]
    : alternatives.flatMap((one) => alternativesOf(resolve(one), resolve));
}

export const valuesOf = ({ const: only, enum: several }: Schema): readonly unknown[] | undefined =>
  only === undefined ? several : [only];

export const typesOf = ({ type }: Schema): readonly string[] =>
  type === undefined ? [] : typeof type === 'string' ? [type] : type;

/** Whether a release has said that the next one may do without it. */
export const isDeprecated = (schema: Schema, resolve: Resolve): boolean =>
  schema.deprecated === true || resolve(schema).deprecated === true;
