import type { EnvironmentName } from '@shipline/infra';
import type { Progress } from '@shipline/tooling/progress';
import type { PipelineAction } from '../delivery/actions.js';

type ActionOf<A extends string> = A extends `${'build' | 'beta' | 'gamma' | 'prod'}/${infer Name}`
  ? Name
  : never;
/** An action of the reference architecture without its stage: a gate may stand in several. */
export type ActionName = ActionOf<PipelineAction>;

/** What a gate is given, on whatever machine. */
export interface GateContext {
  /** The environment whose stage it stands in; undefined in the build. */
  readonly environment: Exclude<EnvironmentName, 'local'> | undefined;
  /** Folder of the release: its manifest and everything that the manifest names. */
  readonly releaseFolder: string;
  /** Folder for what people read afterwards; the engine publishes it. */
  readonly reports: string;
  /** A release that was let in before comes back: what is live is mostly newer. */
  readonly goesBack?: boolean;
  readonly progress: Progress;
}

/** One question that a release must answer well to go on. */
export interface Gate {
  /** As a view shows it: what is being done, in a few words. */
  readonly title: string;
  /** Which actions of the reference architecture it performs in the stages where it stands. */
  readonly performs: readonly ActionName[];
  /** Needs an environment. */
  readonly deployed: boolean;
  /** @throws {GateShut} when the release may not go on; the sentence names what was found and the way out. */
  readonly run: (context: GateContext) => Promise<void>;
}

/** A gate's verdict: the release ends here. Anything else that a gate throws is a fault of the pipeline itself. */
export class GateShut extends Error {
  override readonly name = 'GateShut';
}

/** The environment that a gate stands in. @throws {GateShut} where none was named. */
export function namedEnvironment({ environment }: GateContext): NonNullable<GateContext['environment']> {
  if (environment) return environment;
  throw new GateShut('This gate asks a deployed environment: say which by `--env`.');
}
