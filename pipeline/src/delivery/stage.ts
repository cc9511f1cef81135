import type { EnvironmentName } from '@shipline/infra';
import type { GateName } from '../gates/gate-names.js';

/** Where releases come from. */
export interface Source {
  /** A push to it is a release. */
  readonly branch: string;
  /** Globs: a push that changes nothing else releases nothing. */
  readonly ignores: readonly string[];
}

/**
 * Whose rights a job has. `build` can assume no other role; the others exist once per environment and trust only
 * that environment's stage: `plan` may look and make change sets, `deploy` may execute them, `test` uses the shop.
 */
export const jobRoles = ['build', 'plan', 'deploy', 'test'] as const;
export type JobRole = (typeof jobRoles)[number];

/** Gates that share a checkout and a role; they run in this order, and the first that stays shut ends the release. */
export interface Job {
  readonly name: string;
  readonly role: JobRole;
  readonly gates: readonly [GateName, ...GateName[]];
}

/** A person says yes to exactly what was planned: nothing that differs from it is deployed afterwards. */
export interface Approval {
  /** Without an answer the release ends. */
  readonly hours: number;
}

/** When a stage may begin; outside it a release waits. */
export interface DeploymentWindow {
  /** Both of the week: MON-THU for Monday to Thursday, in UTC. */
  readonly days: string;
  /** Whole hours of the day in UTC, the second excluded. */
  readonly hours: readonly [from: number, to: number];
}

/** A part of the road. Its jobs run one after another, its approval comes last. */
export interface Stage {
  readonly name: string;
  /** What the Deployment Pipeline Reference Architecture calls it: its actions are counted by this name. */
  readonly reference: 'build' | 'beta' | 'gamma' | 'prod';
  /** The account that it works in; absent = the one that owns the pipeline. */
  readonly environment?: Exclude<EnvironmentName, 'local'>;
  /** How long it may take, people not counted. The runner shows what was used of it. */
  readonly budgetMinutes: number;
  readonly window?: DeploymentWindow;
  readonly jobs: readonly [Job, ...Job[]];
  readonly approval?: Approval;
}

/** The road from a commit to prod. */
export interface Delivery {
  readonly source: Source;
  readonly stages: readonly [Stage, ...Stage[]];
}
