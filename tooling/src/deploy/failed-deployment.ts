import { physicalName } from '@shipline/infra';
import { Interrupted, UserError } from '../cli.js';
import { cdkOut } from '../paths.js';
import { DeploymentReader } from '../releases/deployments.js';
import { type ReleaseClients, releaseClients } from '../releases/feed.js';
import { whyTakenBack } from '../releases/taken-back.js';
import { readAssembly } from './assembly.js';
import type { AccountClients } from './changed-stacks.js';
import { standingLine, standingOf } from './standing.js';
import type { Target } from './target.js';

export interface DeploymentContext {
  readonly target: Target;
  readonly clients: AccountClients;
  /** When it began. */
  readonly since: Date;
  readonly stopped?: AbortSignal;
}

/**
 * Does a deployment's work; when it fails, what AWS knows of it is said as well: which releases were taken back and why,
 * and in the last line what is live.
 */
export async function explained<T>(work: () => Promise<T>, context: DeploymentContext): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const live = await whatIsLive(context);
    if (context.stopped?.aborted) throw new Interrupted([wasStopped, ...live].join('\n\n'), { cause: error });
    throw new UserError([error.message, ...live].join('\n\n'), { cause: error });
  }
}

const wasStopped = 'Stopped. What CloudFormation has begun it brings to its end, also without this command.';

async function whatIsLive({ target: { environment }, clients, since }: DeploymentContext): Promise<string[]> {
  try {
    const reasons = await reasonsOf(releaseClients(), physicalName(environment.name, ''), since);
    const standing = await standingOf(clients, readAssembly(cdkOut(environment.name)), since);
    return [...reasons, standingLine(environment.name, standing)];
  } catch (error) {
    // What failed first matters more.
    return [`What is live cannot be read: ${error instanceof Error ? error.message : error}`];
  }
}

async function reasonsOf(clients: ReleaseClients, prefix: string, since: Date): Promise<string[]> {
  const minuteSeconds = 60;
  const releases = await new DeploymentReader(clients, prefix, since.getTime()).read(
    Date.now(),
    minuteSeconds,
  );
  const takenBack = releases.filter(({ state }) => state === 'taken back');
  const reasons = await Promise.all(takenBack.map((release) => whyTakenBack(clients, release, prefix)));
  return reasons.map((lines) => lines.join('\n'));
}
