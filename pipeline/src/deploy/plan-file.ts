import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { reports } from '../delivery/handed-on.js';

const PlannedChange = z.object({
  action: z.enum(['Add', 'Modify', 'Remove', 'Import', 'Dynamic']),
  /** Logical id. */
  resource: z.string(),
  type: z.string(),
  /** Of what is modified: whether CloudFormation makes it anew; `Conditional` where it cannot tell beforehand. */
  replacement: z.optional(z.enum(['True', 'False', 'Conditional'])),
  /** Names of properties or attributes that differ. */
  properties: z.array(z.string()),
});
export type PlannedChange = z.infer<typeof PlannedChange>;

const PlannedStack = z.object({
  id: z.string(),
  stackName: z.string(),
  operation: z.enum(['create', 'update']),
  /** ARN; absent while a parameter that the stack reads has not been written. */
  changeSet: z.optional(z.string()),
  /** Names in Parameter Store that an earlier stack of this release will write. */
  waitsFor: z.array(z.string()),
  /** Values from Parameter Store that the change set was made with. */
  reads: z.record(z.string(), z.string()),
  changes: z.array(PlannedChange),
  /** What is allowed or denied from now on (`+`) and no longer (`-`), one sentence each. */
  permissions: z.array(z.string()),
});
export type PlannedStack = z.infer<typeof PlannedStack>;

const Plan = z.object({
  version: z.literal(1),
  environment: z.string(),
  /** Digest of the release's manifest. */
  release: z.string(),
  stacks: z.array(PlannedStack),
  /** Ids of stacks that the account runs already as the release has them. */
  unchanged: z.array(z.string()),
  /** SHA-256 of everything above except the ARNs of change sets, which differ each time that they are made. */
  digest: z.string(),
});
export type Plan = z.infer<typeof Plan>;

/** What is about to happen to an environment. */
export const planFile = (folder: string) => join(folder, reports.plan);
/** The plan that a person said yes to: the engine hands it over from the stage where it was made. */
export const approvedPlanFile = (folder: string) => join(folder, reports.approvedPlan);
/** What people read of it. */
export const planTextFile = (folder: string) => join(folder, reports.planText);

export const sealed = (plan: Omit<Plan, 'digest'>): Plan => ({ ...plan, digest: digestOf(plan) });

/** Whether nobody has changed a plan since it was made. */
export const isSealed = ({ digest, ...plan }: Plan) => digestOf(plan) === digest;

export const writePlan = (file: string, plan: Plan) =>
  writeFileSync(file, `${JSON.stringify(plan, undefined, 2)}\n`);

/** The plan in a file; undefined where there is none. */
export const readPlan = (file: string): Plan | undefined =>
  existsSync(file) ? Plan.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;

function digestOf({ stacks, ...plan }: Omit<Plan, 'digest'>): string {
  const lasting = { ...plan, stacks: stacks.map(({ changeSet: _, ...stack }) => stack) };
  return createHash('sha256')
    .update(JSON.stringify(inOrder(lasting)))
    .digest('hex');
}

/** The same value with the keys of every object in alphabetical order. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, inOrder(member)]),
  );
}
