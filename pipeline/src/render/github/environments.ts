import type { DeploymentEnvironment } from '../../accounts/names.js';
import type { Delivery } from '../../delivery/stage.js';
import { roadJobs } from '../road-job.js';

/** How an environment of the repository must be protected; docs/delivery.md has the commands that read this. */
export interface ProtectedEnvironment {
  readonly name: DeploymentEnvironment;
  /** The only branch whose jobs get in. */
  readonly branch: string;
  /** Somebody who may approve says yes to each job that wants in. */
  readonly approval: boolean;
}

/** `.github/environments.json`: what GitHub keeps in its settings and not in a workflow. */
export const renderEnvironments = (delivery: Delivery) =>
  `${JSON.stringify(protectedEnvironments(delivery), null, 2)}\n`;

export function protectedEnvironments(delivery: Delivery): ProtectedEnvironment[] {
  const places = new Map<DeploymentEnvironment, ProtectedEnvironment>();
  for (const { aws, approval } of roadJobs(delivery)) {
    if (!aws) continue;
    const known = places.get(aws.place)?.approval ?? false;
    const { branch } = delivery.source;
    places.set(aws.place, { name: aws.place, branch, approval: known || approval !== undefined });
  }
  return [...places.values()];
}
