import type { AssemblyStack } from './assembly.js';
import { type AccountClients, changedStacks } from './changed-stacks.js';
import { describeStack } from './describe-stack.js';

/** Where the stacks of an environment stand, by name. */
export interface Standing {
  /** Deployed as they are here. */
  readonly asBuilt: readonly string[];
  /** CloudFormation works on them, whoever waits for it. */
  readonly underWay: readonly string[];
  /** They were begun, and are as they were before. */
  readonly takenBack: readonly string[];
  /** Neither begun nor as they are here. */
  readonly notBegun: readonly string[];
}

/** @param since When the deployment began. */
export async function standingOf(
  clients: AccountClients,
  stacks: readonly AssemblyStack[],
  since: Date,
): Promise<Standing> {
  const changed = new Set(await changedStacks(clients, stacks));
  const of = { asBuilt: [], underWay: [], takenBack: [], notBegun: [] } as Record<keyof Standing, string[]>;
  await Promise.all(
    stacks.map(async (stack) => {
      of[changed.has(stack) ? await whereIs(clients, stack, since) : 'asBuilt'].push(stack.stackName);
    }),
  );
  for (const names of Object.values(of)) names.sort();
  return of;
}

async function whereIs(
  { cloudFormation }: AccountClients,
  { stackName }: AssemblyStack,
  since: Date,
): Promise<Exclude<keyof Standing, 'asBuilt'>> {
  const stack = await describeStack(cloudFormation, stackName);
  if (/_IN_PROGRESS$/.test(stack?.StackStatus ?? '')) return 'underWay';
  const begun = stack?.LastUpdatedTime ?? stack?.CreationTime;
  return begun !== undefined && begun >= since ? 'takenBack' : 'notBegun';
}

/** One line for the end of a deployment that did not come to its own. */
export function standingLine(
  environment: string,
  { asBuilt, underWay, takenBack, notBegun }: Standing,
): string {
  const total = asBuilt.length + underWay.length + takenBack.length + notBegun.length;
  const parts = [
    `${asBuilt.length} of ${total} stacks as they are here`,
    ...(takenBack.length > 0 ? [`as before: ${takenBack.join(', ')}`] : []),
    ...(underWay.length > 0 ? [`CloudFormation still works on ${underWay.join(', ')}`] : []),
    ...(notBegun.length > 0 ? [`not begun: ${notBegun.join(', ')}`] : []),
  ];
  return `Live in ${environment}: ${parts.join('; ')}`;
}
