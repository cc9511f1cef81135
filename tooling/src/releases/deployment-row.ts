import type { DeploymentInfo, LambdaTarget, TrafficRoutingConfig } from '@aws-sdk/client-codedeploy';

export interface Counts {
  readonly requests: number;
  readonly errors: number;
}

export type DeploymentState = 'waiting' | 'checking' | 'shifting' | 'finishing' | 'live' | 'taken back';

/** How far CodeDeploy is with the release of one function. */
export interface DeploymentRow {
  readonly id: string;
  /** `orders-api` */
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly state: DeploymentState;
  /** Share of the traffic that the new version has, 0 to 1. */
  readonly weight: number;
  readonly old: Counts;
  readonly new: Counts;
  readonly events: readonly { readonly name: string; readonly status: string }[];
  readonly startedAt: number;
  readonly endedAt?: number;
  /** When the new version has all of the traffic if nothing happens. */
  readonly dueAt?: number;
  /** Why it was taken back. */
  readonly reason?: string;
}

const none: Counts = { requests: 0, errors: 0 };

export interface DeploymentFacts {
  readonly info: DeploymentInfo;
  /** Absent until the deployment has started. */
  readonly target: LambdaTarget | undefined;
  readonly routing?: TrafficRoutingConfig | undefined;
  readonly counts?: { readonly old: Counts; readonly new: Counts };
}

/** @param minuteSeconds How long a minute of a deployment lasts: 60 on AWS. */
export function deploymentRow(facts: DeploymentFacts, prefix: string, minuteSeconds: number): DeploymentRow {
  const { info, target, counts } = facts;
  const { functionName, currentVersion, targetVersion } = target?.lambdaFunctionInfo ?? {};
  const state = stateOf(info, target);
  const dueAt = dueAtOf(facts, state, minuteSeconds);
  const reason = info.errorInformation?.message;
  return {
    id: info.deploymentId ?? '',
    name: (functionName ?? groupName(info)).replace(prefix, ''),
    from: currentVersion ?? '?',
    to: targetVersion ?? '?',
    state,
    weight: weightOf(state, target),
    old: counts?.old ?? none,
    new: counts?.new ?? none,
    events: (target?.lifecycleEvents ?? []).map(({ lifecycleEventName: name = '', status = 'Unknown' }) => ({
      name,
      status,
    })),
    startedAt: (info.startTime ?? info.createTime)?.getTime() ?? 0,
    ...(info.completeTime && { endedAt: info.completeTime.getTime() }),
    ...(dueAt !== undefined && { dueAt }),
    ...(state === 'taken back' && reason !== undefined && { reason }),
  };
}

/** Before it starts, a deployment says only which group it is for. */
const groupName = ({ applicationName, deploymentGroupName }: DeploymentInfo) =>
  `${applicationName}-${deploymentGroupName}`;

function stateOf({ status }: DeploymentInfo, target: LambdaTarget | undefined): DeploymentState {
  if (status === 'Succeeded') return 'live';
  if (status === 'Failed' || status === 'Stopped') return 'taken back';
  return stageOf[lastBegun(target) ?? ''] ?? 'waiting';
}

const stageOf: Readonly<Record<string, DeploymentState>> = {
  BeforeAllowTraffic: 'checking',
  AllowTraffic: 'shifting',
  AfterAllowTraffic: 'finishing',
  End: 'finishing',
};

/** From the end of one event to the beginning of the next, none is in progress; after a failure the rest is skipped. */
const lastBegun = (target: LambdaTarget | undefined) =>
  target?.lifecycleEvents?.findLast(({ status }) => status !== 'Pending' && status !== 'Skipped')
    ?.lifecycleEventName;

function weightOf(state: DeploymentState, target: LambdaTarget | undefined): number {
  if (state === 'live') return 1;
  // CodeDeploy counts in per cent.
  return state === 'taken back' ? 0 : (target?.lambdaFunctionInfo?.targetVersionWeight ?? 0) / 100;
}

/** From the start of AllowTraffic on, a routing's length is known. */
function dueAtOf(
  { target, routing }: DeploymentFacts,
  state: DeploymentState,
  minuteSeconds: number,
): number | undefined {
  const shifting = target?.lifecycleEvents?.find(
    ({ lifecycleEventName }) => lifecycleEventName === 'AllowTraffic',
  );
  if (state !== 'shifting' || !routing || !shifting?.startTime) return undefined;
  return shifting.startTime.getTime() + minutesOf(routing) * minuteSeconds * 1000;
}

/** Minutes from the first step to the last: the first one is made at once. */
export function minutesOf({ type, timeBasedCanary, timeBasedLinear }: TrafficRoutingConfig): number {
  if (type === 'TimeBasedCanary') return timeBasedCanary?.canaryInterval ?? 0;
  if (type !== 'TimeBasedLinear') return 0;
  const { linearInterval = 0, linearPercentage = 100 } = timeBasedLinear ?? {};
  return linearInterval * (Math.ceil(100 / linearPercentage) - 1);
}
