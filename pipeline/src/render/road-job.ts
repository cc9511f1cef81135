import {
  buildEnvironment,
  buildRoleName,
  type DeliveredEnvironment,
  type DeploymentEnvironment,
  deploymentEnvironment,
  roleName,
} from '../accounts/names.js';
import type { Approval, Delivery, Job, Stage } from '../delivery/stage.js';

/** A job of the road with what an engine must know of the jobs around it. */
export interface RoadJob {
  /** Unique on the road, for example `prod-deploy`. */
  readonly id: string;
  readonly stage: Stage;
  readonly job: Job;
  /** With whose rights it works in AWS; absent = it gets no credentials at all. */
  readonly aws?: RoadRole;
  /** The job makes the release, or is given it; the jobs before it is made know none. */
  readonly release: 'none' | 'makes' | 'takes';
  /** Its plan is what people approve. */
  readonly plansForApproval: boolean;
  /** Somebody must have said yes before it starts. */
  readonly approval?: Approval;
  /** The job whose plan was approved: where the gate `approved` stands. */
  readonly approvedPlanOf?: string;
  /** The one before it. */
  readonly after?: string;
}

export interface RoadRole {
  readonly name: string;
  /** `undefined` is the account that owns the pipeline. */
  readonly environment: DeliveredEnvironment | undefined;
  /** What GitHub and GitLab call the place. */
  readonly place: DeploymentEnvironment;
}

/** The jobs of the road in the order in which they run, one after another. */
export function roadJobs(delivery: Delivery): RoadJob[] {
  const flat = delivery.stages.flatMap((stage, index) =>
    stage.jobs.map((job, place) => ({
      stage,
      job,
      before: place === 0 ? delivery.stages[index - 1] : undefined,
    })),
  );
  const maker = flat.findIndex(({ job }) => job.gates.includes('package'));
  const planner = flat.find(({ stage, job }) => plansForApproval(stage, job));
  return flat.map(({ stage, job, before }, index) => {
    const previous = flat[index - 1];
    return {
      id: idOf(stage, job),
      stage,
      job,
      release: index < maker ? 'none' : index === maker ? 'makes' : 'takes',
      plansForApproval: plansForApproval(stage, job),
      ...optional('aws', awsOf(stage, job)),
      ...optional('approval', before?.approval),
      ...optional(
        'approvedPlanOf',
        job.gates.includes('approved') && planner ? idOf(planner.stage, planner.job) : undefined,
      ),
      ...optional('after', previous && idOf(previous.stage, previous.job)),
    };
  });
}

const idOf = (stage: Stage, job: Job) => `${stage.name}-${job.name}`;
const plansForApproval = (stage: Stage, job: Job) =>
  stage.approval !== undefined && job.gates.includes('plan');

/** The build needs AWS for its signature only. */
function awsOf({ environment }: Stage, { role, gates }: Job): RoadRole | undefined {
  if (role === 'build')
    return gates.includes('sign')
      ? { name: buildRoleName, environment: undefined, place: buildEnvironment }
      : undefined;
  if (!environment) throw new Error(`A job with the role ${role} needs an environment.`);
  return { name: roleName(environment, role), environment, place: deploymentEnvironment(environment, role) };
}

const optional = <K extends string, V>(key: K, value: V | undefined) =>
  (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };
