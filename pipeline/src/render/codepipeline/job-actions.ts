import { Duration } from 'aws-cdk-lib';
import { Artifact, GlobalVariables, type IAction } from 'aws-cdk-lib/aws-codepipeline';
import { CodeBuildAction, ManualApprovalAction } from 'aws-cdk-lib/aws-codepipeline-actions';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { handedOn } from '../../delivery/handed-on.js';
import type { Stage } from '../../delivery/stage.js';
import { gateCommand } from '../commands.js';
import type { RoadJob } from '../road-job.js';
import { jobVariables, logLink, planArtifact, releaseArtifact } from './buildspec.js';
import { jobProject, plain, roleArnOf } from './job-project.js';
import type { PipelineNotifications } from './notifications.js';
import type { PipelineSettings } from './settings.js';

interface JobActionsProps {
  readonly settings: PipelineSettings;
  readonly sources: Artifact;
  readonly bucket: Bucket;
  readonly notifications: PipelineNotifications;
}

/** One action per job, in the order of the road, and the approval where a stage asks for one. */
export class JobActions {
  private readonly release = new Artifact(releaseArtifact);
  private readonly plan = new Artifact(planArtifact);
  private readonly made = new Map<string, CodeBuildAction>();

  constructor(
    private readonly scope: Construct,
    private readonly props: JobActionsProps,
  ) {}

  of(stage: Stage, road: readonly RoadJob[]): IAction[] {
    const jobs = road.filter((job) => job.stage === stage);
    const actions: IAction[] = jobs.map((job, index) => this.actionOf(job, index + 1, road));
    const planned = jobs.find(({ plansForApproval }) => plansForApproval);
    return planned ? [...actions, this.approvalOf(planned, road, actions.length + 1)] : actions;
  }

  private actionOf(job: RoadJob, runOrder: number, road: readonly RoadJob[]): CodeBuildAction {
    const { settings, sources, bucket } = this.props;
    const action = new CodeBuildAction({
      actionName: job.job.name,
      project: jobProject(this.scope, job, settings, bucket),
      input: sources,
      extraInputs: [
        ...(job.release === 'takes' ? [this.release] : []),
        ...(job.approvedPlanOf ? [this.plan] : []),
      ],
      outputs: [
        ...(job.release === 'makes' ? [this.release] : []),
        ...(job.plansForApproval ? [this.plan] : []),
      ],
      environmentVariables: plain({ ...this.tells(job), ...this.handsOn(job, road) }),
      variablesNamespace: job.id,
      runOrder,
    });
    this.made.set(job.id, action);
    return action;
  }

  private tells(job: RoadJob): Record<string, string> {
    const { aws } = job;
    const { accounts } = this.props.settings;
    return {
      [jobVariables.gates]: gateCommand(job),
      // The build has the rights of its project and assumes nothing.
      [jobVariables.role]: aws?.environment ? roleArnOf(accounts[aws.environment], aws.name) : '',
      // Whether it goes back is nothing that a variable says: the job asks for its execution.
      ...(job.job.role === 'deploy' && { [jobVariables.execution]: GlobalVariables.executionId }),
    };
  }

  private handsOn({ release, approvedPlanOf }: RoadJob, road: readonly RoadJob[]): Record<string, string> {
    return {
      ...(release === 'takes' && { [handedOn.releaseDigest]: this.releaseDigest(road) }),
      ...(approvedPlanOf && {
        [handedOn.planDigest]: this.variable(approvedPlanOf, handedOn.planDigest),
      }),
    };
  }

  /** Whoever approves reads which release and which plan; prod deploys those and nothing else. */
  private approvalOf(job: RoadJob, road: readonly RoadJob[], runOrder: number): ManualApprovalAction {
    const plan = this.variable(job.id, handedOn.planDigest);
    return new ManualApprovalAction({
      actionName: 'approve',
      additionalInformation: [
        `Release (SHA-256 of its manifest): ${this.releaseDigest(road)}`,
        `Plan (SHA-256): ${plan}`,
        `What it changes, rights included: ${this.variable(job.id, logLink)}`,
      ].join('\n'),
      notificationTopic: this.props.notifications.topic,
      timeout: Duration.hours(job.stage.approval?.hours ?? 0),
      runOrder,
    });
  }

  private releaseDigest(road: readonly RoadJob[]): string {
    const maker = road.find((job) => job.release === 'makes');
    if (!maker) throw new Error('No job of the road makes the release.');
    return this.variable(maker.id, handedOn.releaseDigest);
  }

  private variable(id: string, name: string): string {
    const action = this.made.get(id);
    if (!action) throw new Error(`The job ${id} comes later on the road.`);
    return action.variable(name);
  }
}
