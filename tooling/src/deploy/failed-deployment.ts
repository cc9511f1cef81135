import { Interrupted, sentenceOf, UserError } from '../cli.js';

/** What AWS can be asked after a failure. Each is read for itself: one may fail where the others answer. */
export interface DeploymentFacts {
  /** For each release that was taken back, why. */
  readonly takenBack: () => Promise<readonly string[]>;
  /** One line with where the stacks stand. */
  readonly standing: () => Promise<string>;
  /** A few words on which release of the storefront is served. */
  readonly storefront: () => Promise<string>;
}

/**
 * Does a deployment's work; whatever ends it before its time, what AWS knows of it is said as well: which releases were
 * taken back and why, and in the last line what is live.
 * @throws {UserError}
 */
export async function explained<T>(
  work: () => Promise<T>,
  facts: DeploymentFacts,
  stopped?: AbortSignal,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const live = await whatIsLive(facts);
    if (stopped?.aborted) throw new Interrupted([wasStopped, ...live].join('\n\n'), { cause: error });
    throw new UserError([sentenceOf(error), ...live].join('\n\n'), { cause: error });
  }
}

const wasStopped = 'Stopped. What CloudFormation has begun it brings to its end, also without this command.';

/** What cannot be read is said in its place: what failed first matters more. */
async function whatIsLive({ takenBack, standing, storefront }: DeploymentFacts): Promise<string[]> {
  const [reasons, stacks, site] = await Promise.all([
    takenBack().catch((error: unknown) => [
      `Which releases were taken back cannot be read: ${messageOf(error)}`,
    ]),
    standing().catch((error: unknown) => `Which stacks are live cannot be read: ${messageOf(error)}`),
    storefront().catch((error: unknown) => `its storefront cannot be read: ${messageOf(error)}`),
  ]);
  return [...reasons, `${stacks}; ${site}`];
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
