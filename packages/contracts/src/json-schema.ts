import type * as z from 'zod/mini';

export type Override = NonNullable<z.core.ToJSONSchemaParams['override']>;

/**
 * What zod's JSON Schemas do not say by themselves of what we read and write.
 * @throws {TypeError} where a field is marked deprecated that its reader cannot do without.
 */
export const asRead: Override = ({ zodSchema, jsonSchema }) => {
  const { def } = zodSchema._zod;
  // A coerced number accepts anything on input; on the wire it is a number.
  if (def.type === 'number' && jsonSchema.type === undefined) jsonSchema.type = 'number';
  if (def.type !== 'object') return;
  // Unknown fields are left out by a reader, and refused by a strict one alone: a message may grow, and lose what is old.
  if (def.catchall === undefined) delete jsonSchema.additionalProperties;
  refuseNeeded(def.shape, jsonSchema);
};

/**
 * The release after one that marks a field deprecated may do without it, and readers of this one are still there then: in
 * open browsers, behind queues. So the mark says that it is still written, and that nobody needs it.
 */
function refuseNeeded(
  shape: Readonly<Record<string, z.core.$ZodType>>,
  { properties = {} }: z.core.JSONSchema.BaseSchema,
): void {
  for (const [name, field] of Object.entries(shape)) {
    const property = properties[name];
    if (typeof property !== 'object' || !property.deprecated || field._zod.optin !== undefined) continue;
    throw new TypeError(
      `${name} is marked deprecated and still needed by whoever reads it: make it z.optional, or z._default where it is still always written.`,
    );
  }
}
