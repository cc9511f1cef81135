import { isDeepStrictEqual } from 'node:util';
import { additionsOf, byResource } from './change-set.js';
import type { PlannedChange } from './plan-file.js';

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly [attribute: string]: unknown;
}
type Resources = Readonly<Record<string, Resource>>;

/** Attributes of a resource, beside its properties, whose change a change set tells. */
const attributes = ['Metadata', 'CreationPolicy', 'UpdatePolicy', 'DeletionPolicy', 'UpdateReplacePolicy'];

/**
 * What an update does to the resources of a stack, as far as its templates tell: for one whose change set cannot be made
 * yet. Whether a resource is replaced only CloudFormation knows; what follows from the values of parameters, nobody yet.
 */
export function changesBetween(deployed: unknown, next: unknown): PlannedChange[] {
  const old = resourcesOf(deployed);
  const wanted = resourcesOf(next);
  const stays = (id: string, { Type }: Resource, there: Resources) => there[id]?.Type === Type;
  const only = (these: Resources, those: Resources) => ({
    Resources: Object.fromEntries(
      Object.entries(these).filter(([id, resource]) => !stays(id, resource, those)),
    ),
  });
  return [
    ...additionsOf(only(wanted, old)),
    ...additionsOf(only(old, wanted)).map((change) => ({ ...change, action: 'Remove' as const })),
    ...Object.entries(wanted).flatMap(([id, resource]) => {
      const before = old[id];
      return before && stays(id, resource, old) ? modification(id, before, resource) : [];
    }),
  ].sort(byResource);
}

function modification(resource: string, before: Resource, after: Resource): PlannedChange[] {
  const properties = differing(before.Properties ?? {}, after.Properties ?? {});
  const others = differing(before, after).filter((name) => attributes.includes(name));
  if (properties.length + others.length === 0) return [];
  return [
    {
      action: 'Modify',
      resource,
      type: after.Type,
      replacement: properties.length > 0 ? 'Conditional' : 'False',
      properties: [...new Set([...properties, ...others])].sort(),
    },
  ];
}

const differing = (one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>) =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].filter(
    (name) => !isDeepStrictEqual(one[name], other[name]),
  );

const resourcesOf = (template: unknown): Resources =>
  Object.fromEntries(
    Object.entries(((template ?? {}) as { Resources?: Resources }).Resources ?? {}).map(([id, resource]) => [
      id,
      withoutMark(resource),
    ]),
  );

/** SAM marks each resource with its id when it deploys: the deployed template has that, and a packaged one not always. */
function withoutMark({ Metadata, ...resource }: Resource): Resource {
  const { SamResourceId: _, ...metadata } = (Metadata ?? {}) as Record<string, unknown>;
  return { ...resource, Metadata: metadata } as Resource;
}
