import { readFileSync } from 'node:fs';
import type { Place } from './places.js';
import { permissionsOfTypes, typesOfSam } from './resource-types.js';
import { merged, type Statement } from './statements.js';

/** As much of a template as the allow-list depends on. */
export interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string }>>;
}

/** Every type that templates have, those that SAM makes of its own included. */
export function typesOf(templates: readonly Template[]): string[] {
  const written = templates.flatMap(({ Resources }) => Object.values(Resources).map(({ Type }) => Type));
  return [...new Set(written.flatMap((type) => typesOfSam[type] ?? [type]))].sort();
}

/** A type of a template for which nobody has written down what CloudFormation needs. */
export class UnknownTypes extends Error {
  override readonly name = 'UnknownTypes';
  constructor(types: readonly string[]) {
    super(
      `CloudFormation's role has no permissions for ${types.join(', ')}: write them into pipeline/src/accounts/resource-types.ts.`,
    );
  }
}

/**
 * What CloudFormation's role may do: exactly what the types of these templates need.
 * @throws {UnknownTypes}
 */
export function allowList(place: Place, types: readonly string[]): Statement[] {
  const unknown = types.filter((type) => !permissionsOfTypes[type]);
  if (unknown.length > 0) throw new UnknownTypes(unknown);
  return merged(types.flatMap((type) => permissionsOfTypes[type]?.(place) ?? []));
}

/** The resources of services/payment-sandbox/template.yaml: their types are all that counts here. */
export function samTypes(file: string): Template {
  const [, resources = ''] = readFileSync(file, 'utf8').split(/^Resources:$/m);
  const types = [...resources.matchAll(/^ {4}Type: (AWS::\S+)$/gm)];
  return {
    Resources: Object.fromEntries(types.map(([, Type = ''], index) => [`Resource${index}`, { Type }])),
  };
}
