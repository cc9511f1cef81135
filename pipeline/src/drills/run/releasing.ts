import type { Environment, ServiceName } from '@shipline/infra';
import type { Progress } from '@shipline/tooling/progress';
import type { Drill } from '../drill.js';

/** A drill's release, made and not yet deployed. */
export interface MadeRelease {
  /** @returns what the deployment said where it failed: that is what many drills want. */
  deploy(services: readonly ServiceName[]): Promise<string | undefined>;
}

/** How a drill releases, and brings back what was there: in the way in which the environment itself was deployed. */
export interface Releasing {
  make(drill: Drill, environment: Environment, folder: string): Promise<MadeRelease>;
  /**
   * Where CloudFormation has not done so by itself.
   * @throws {UserError} when these services are still others afterwards.
   */
  bringBack(services: readonly ServiceName[], progress: Progress): Promise<void>;
}
