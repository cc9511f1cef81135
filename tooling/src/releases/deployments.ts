import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import {
  type CodeDeployClient,
  type DeploymentInfo,
  GetDeploymentConfigCommand,
  type LambdaTarget,
  type TrafficRoutingConfig,
} from '@aws-sdk/client-codedeploy';
import { deploymentIds, deploymentInfos, lambdaTargetOf } from './deployment-infos.js';
import { type DeploymentRow, deploymentRow } from './deployment-row.js';
import { readVersionCounts } from './version-counts.js';

export interface DeploymentSources {
  readonly codeDeploy: CodeDeployClient;
  readonly cloudWatch: CloudWatchClient;
}

const SHOWN = 40;
const LOOK_BACK_MS = 24 * 3_600_000;
/** Metrics arrive after what they measure. */
const SETTLED_MS = 3 * 60_000;

/** The shifts of a time. What a deployment that is over did is read once and kept. */
export class DeploymentReader {
  #settled = new Map<string, DeploymentRow>();
  /** Other applications' deployments, and those that take another one back. */
  readonly #passedOver = new Set<string>();
  readonly #routings = new Map<string, TrafficRoutingConfig | undefined>();

  constructor(
    private readonly sources: DeploymentSources,
    /** What the applications of the environment begin with. */
    private readonly prefix: string,
    /** Deployments before it are nobody's concern here; absent: the last day's are shown. */
    private readonly since?: number,
  ) {}

  /** Those that run first, then the youngest; not those that CodeDeploy made to take another one back. */
  async read(now: number, minuteSeconds: number): Promise<DeploymentRow[]> {
    const ids = await this.#ids(now);
    const fresh = ids.filter((id) => !this.#settled.has(id) && !this.#passedOver.has(id));
    const infos = await deploymentInfos(this.sources.codeDeploy, fresh);
    const ours = infos.filter((info) => this.#isOurs(info));
    for (const { deploymentId = '' } of infos.filter((info) => !this.#isOurs(info)))
      this.#passedOver.add(deploymentId);
    const rows = await Promise.all(ours.map((info) => this.#row(info, now, minuteSeconds)));
    const kept = ids.flatMap((id) => this.#settled.get(id) ?? []);
    this.#settle(kept, rows, now);
    return [...rows, ...kept].toSorted(byUrgency).slice(0, SHOWN);
  }

  #isOurs({ applicationName, creator }: DeploymentInfo): boolean {
    return creator !== 'codeDeployRollback' && applicationName?.startsWith(this.prefix) === true;
  }

  #ids(now: number): Promise<string[]> {
    const start = new Date(this.since ?? now - LOOK_BACK_MS);
    const createTimeRange = { start, end: new Date(now + 60_000) };
    return deploymentIds(this.sources.codeDeploy, { createTimeRange });
  }

  async #row(info: DeploymentInfo, now: number, minuteSeconds: number): Promise<DeploymentRow> {
    const [target, routing] = await Promise.all([
      this.#target(info),
      this.#routing(info.deploymentConfigName ?? ''),
    ]);
    const moved = target?.lambdaFunctionInfo;
    const counts =
      moved && info.createTime
        ? await readVersionCounts(this.sources.cloudWatch, moved, {
            since: info.createTime.getTime(),
            until: info.completeTime?.getTime() ?? now,
            period: minuteSeconds < 60 ? 1 : 60,
          })
        : undefined;
    return deploymentRow({ info, target, routing, ...(counts && { counts }) }, this.prefix, minuteSeconds);
  }

  /** There is none before it has started. */
  async #target({ deploymentId = '', status }: DeploymentInfo): Promise<LambdaTarget | undefined> {
    if (status === 'Created' || status === 'Queued') return undefined;
    return lambdaTargetOf(this.sources.codeDeploy, deploymentId);
  }

  async #routing(deploymentConfigName: string): Promise<TrafficRoutingConfig | undefined> {
    if (!this.#routings.has(deploymentConfigName)) {
      const { deploymentConfigInfo } = await this.sources.codeDeploy.send(
        new GetDeploymentConfigCommand({ deploymentConfigName }),
      );
      this.#routings.set(deploymentConfigName, deploymentConfigInfo?.trafficRoutingConfig);
    }
    return this.#routings.get(deploymentConfigName);
  }

  #settle(kept: readonly DeploymentRow[], rows: readonly DeploymentRow[], now: number): void {
    const over = rows.filter(({ endedAt }) => endedAt !== undefined && endedAt < now - SETTLED_MS);
    this.#settled = new Map([...kept, ...over].map((row) => [row.id, row]));
  }
}

const runs = ({ state }: DeploymentRow) => (state === 'live' || state === 'taken back' ? 1 : 0);
const byUrgency = (a: DeploymentRow, b: DeploymentRow) =>
  runs(a) - runs(b) || b.startedAt - a.startedAt || a.name.localeCompare(b.name);
