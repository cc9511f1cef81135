import { UserError } from '../cli.js';
import type { Progress } from '../progress.js';
import type { AssemblyStack } from './assembly.js';

/** Stacks that go together: CloudFormation orders them by what each depends on. */
export interface Stage {
  /** Completes "Deploy 7 stacks". */
  readonly title: string;
  readonly stacks: readonly AssemblyStack[];
}

export interface StageActions {
  readonly changed: (stacks: readonly AssemblyStack[]) => Promise<AssemblyStack[]>;
  readonly outdated: (stacks: readonly AssemblyStack[]) => Promise<AssemblyStack[]>;
  readonly deploy: (stackNames: readonly string[]) => Promise<void>;
}

/**
 * Deploys what has changed. It is compared only now, because an earlier stage may have changed values that these stacks
 * read; and as they read each other's too, those left behind follow until none is.
 * @throws {UserError} naming those that are still left behind when each could have followed.
 */
export async function deployStage(
  { title, stacks }: Stage,
  { changed, outdated, deploy }: StageActions,
  progress: Progress,
): Promise<void> {
  let waiting = await changed(stacks);
  // Each round settles at least the next stack of the longest chain.
  for (const _ of stacks) {
    if (waiting.length === 0) return;
    const names = waiting.map(({ stackName }) => stackName);
    await progress.step(`Deploy ${countOf(names.length)} ${title}`, () => deploy(names));
    waiting = await outdated(stacks);
  }
  if (waiting.length > 0)
    throw new UserError(
      `${waiting.map(({ stackName }) => stackName).join(', ')} still read values in Parameter Store that have changed since: two deployments write them in turn. Deploy again when nobody else does.`,
    );
}

const countOf = (count: number) => (count === 1 ? '1 stack' : `${count} stacks`);
