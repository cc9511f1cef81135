import { GateShut } from '../gates/gate.js';
import type { PlannedChange, PlannedStack } from './plan-file.js';
import { changeLine } from './plan-text.js';
import { parametersReadBy } from './reads.js';
import { affectedBy, namesIn } from './references.js';
import type { ReleasedStack } from './released-stacks.js';
import type { PackagedStack } from './sam-stack.js';

/** What people have seen of a stack, and what has happened since. */
export interface Seen {
  /** As it was planned; undefined where the plan left the stack alone. */
  readonly planned: PlannedStack | undefined;
  /** Names in Parameter Store that the stacks of this release have written since. */
  readonly written: ReadonlySet<string>;
}

export interface Packaged extends Pick<PackagedStack, 'template'> {
  readonly stack: Pick<ReleasedStack, 'parameters'>;
}

/** @throws {GateShut} naming what would happen to the stack that no plan has shown. */
export function refuseUnseen(now: PlannedStack, packaged: Packaged, seen: Seen): void {
  const unseen = unseenIn(now, packaged, seen);
  if (unseen.length > 0)
    throw new GateShut(
      `${now.stackName} would change as nobody has seen it: ${unseen.join('; ')}. Run the gate \`plan\` again, and have it approved where that is asked.`,
    );
}

/**
 * What a stack's change set does beyond its plan, a phrase each. The values that the stacks before it have written are
 * part of the plan, and so is what follows from them alone; another permission never is.
 */
export function unseenIn(now: PlannedStack, packaged: Packaged, seen: Seen): string[] {
  const { planned, written } = seen;
  return [
    ...permissionsUnseen(now, planned),
    ...(planned ? valuesUnseen(now, planned, written) : []),
    ...changesUnseen(now, packaged, seen).map(changeLine),
  ];
}

function permissionsUnseen(now: PlannedStack, planned: PlannedStack | undefined): string[] {
  const before = planned?.permissions ?? [];
  return [
    ...now.permissions.filter((line) => !before.includes(line)),
    ...before.filter((line) => !now.permissions.includes(line)).map((line) => `no longer planned: ${line}`),
  ];
}

const valuesUnseen = (now: PlannedStack, planned: PlannedStack, written: ReadonlySet<string>) =>
  Object.entries(now.reads)
    .filter(([name, value]) => planned.reads[name] !== value && !written.has(name))
    .map(([name, value]) => `it reads ${value} from ${name}, which no stack of this release has written`);

function changesUnseen(
  now: PlannedStack,
  packaged: Packaged,
  { planned, written }: Seen,
): readonly PlannedChange[] {
  // The template is the release's, and there is nothing of before that it could change.
  if (now.operation === 'create' && planned?.operation === 'create')
    return now.changes.filter(({ action }) => action !== 'Add');
  const anew = parametersReadBy(packaged)
    .filter(({ name }) => written.has(name) && planned?.reads[name] !== now.reads[name])
    .map(({ id }) => id);
  const foreseen = planned?.changeSet === undefined ? (planned?.changes ?? []) : [];
  const follows = following(packaged.template, [...anew, ...foreseen.map(({ resource }) => resource)]);
  return now.changes.filter(
    (change) =>
      !isExpanded(change, foreseen) &&
      !isCovered(
        change,
        planned?.changes.find((one) => isSame(one, change)),
        follows,
      ),
  );
}

const isSame = (one: PlannedChange, other: PlannedChange) =>
  one.action === other.action && one.resource === other.resource && one.type === other.type;

/** SAM makes several resources of one of its own, and names them after it. */
const isExpanded = ({ resource }: PlannedChange, foreseen: readonly PlannedChange[]) =>
  foreseen.some((one) => isSams(one.type) && resource.startsWith(one.resource));

const severity = ['False', 'Conditional', 'True'];

function isCovered(
  change: PlannedChange,
  planned: PlannedChange | undefined,
  follows: (resource: string, property: string) => boolean,
): boolean {
  if (change.action !== 'Modify') return planned !== undefined;
  const more = change.properties.filter((name) => !planned?.properties.includes(name));
  if (planned && more.length === 0)
    return planned.replacement === 'Conditional' || rank(change) <= rank(planned);
  return more.length > 0 && more.every((name) => follows(change.resource, name));
}

const rank = ({ replacement = 'False' }: PlannedChange) => severity.indexOf(replacement);

/** Whether another value of these parameters and resources is what changes a property. */
function following(template: unknown, names: readonly string[]) {
  const { Resources = {} } = template as { Resources?: Record<string, Record<string, unknown>> };
  const affected = affectedBy(template, names);
  return (resource: string, property: string): boolean => {
    const owner = ownerOf(resource, Resources);
    if (owner !== undefined) return affected.has(owner);
    const { Properties, ...attributes } = Resources[resource] ?? {};
    const value = (Properties as Record<string, unknown> | undefined)?.[property] ?? attributes[property];
    return namesIn(value).some((name) => affected.has(name));
  };
}

/** The resource of SAM's own that a resource is made of, if any. */
const ownerOf = (resource: string, resources: Readonly<Record<string, Record<string, unknown>>>) =>
  Object.keys(resources)
    .filter((id) => isSams(resources[id]?.['Type']) && resource.startsWith(id))
    .toSorted((a, b) => b.length - a.length)[0];

const isSams = (type: unknown) => String(type).startsWith('AWS::Serverless::');
