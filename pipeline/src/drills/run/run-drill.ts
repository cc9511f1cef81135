import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { physicalName, type ServiceName } from '@shipline/infra';
import type { Progress } from '@shipline/tooling/progress';
import type { Drill, DrillTarget } from '../drill.js';
import type { AliasState, FunctionRelease, Observation } from '../observation.js';
import { type OrderTraffic, startOrderTraffic } from '../traffic/order-traffic.js';
import { startReadTraffic } from '../traffic/read-traffic.js';
import { answeredBy } from './answered-by.js';
import { deploymentsSince } from './deployments.js';
import { injectedFaults } from './injected-faults.js';
import { meanWeight, released } from './rehearsed-environment.js';
import { rungAlarmsOf } from './rung-alarms.js';
import type { Setting } from './setting.js';
import { type ReleaseWatch, watchRelease } from './watch-release.js';

/** Of the catalog, which every page asks. */
const paths = ['/api/products?limit=6', '/api/products/MUG-CANARY', '/api/products?category=mugs'];
/** An order keeps a dozen functions busy: on a laptop there is room for few, and for few who only look. */
const perSecond = {
  looking: { reads: 20, orders: 0 },
  ordering: { reads: 4, orders: 0.6 },
} as const;
/** How long people look at the shop before the release, and after it. */
const BEFORE_MS = 3_000;
const AFTER_MS = 3_000;

/**
 * Releases what the drill says while people use the shop, and brings back what was there, however it ends.
 * @param interrupted fulfilled when somebody wants it to end early.
 */
export async function runDrill(
  drill: Drill,
  setting: Setting,
  progress: Progress,
  interrupted: Promise<never>,
): Promise<Observation> {
  const services = [...new Set(drill.targets.map(({ service }) => service))];
  const running = new Running(drill, setting, progress, services);
  try {
    return await Promise.race([running.observe(), interrupted]);
  } finally {
    await running.end();
    await setting.releasing.bringBack(services, progress);
  }
}

/** One run of one drill: what it has started, it can end. */
class Running {
  private readonly prefix = `drill-${randomUUID().slice(0, 8)}-`;
  private readonly cleanUps: (() => Promise<unknown>)[] = [];
  private ended = false;

  constructor(
    private readonly drill: Drill,
    private readonly setting: Setting,
    private readonly progress: Progress,
    private readonly services: readonly ServiceName[],
  ) {}

  async end(): Promise<void> {
    this.ended = true;
    for (const cleanUp of this.cleanUps.splice(0).toReversed()) await cleanUp();
  }

  async observe(): Promise<Observation> {
    const { drill, setting, progress, services } = this;
    const environment = released(drill, setting.environment);
    const made = await progress.step('Make the release of the drill', () =>
      setting.releasing.make(drill, environment, join(setting.workFolder, drill.name)),
    );
    this.goesOn();
    const rate = perSecond[drill.orders ? 'ordering' : 'looking'];
    const from = Date.now();
    const traffic = startReadTraffic({
      origin: setting.outputs.storefrontUrl,
      paths,
      perSecond: rate.reads,
      prefix: this.prefix,
    });
    this.cleanUps.push(() => traffic.stop());
    const shoppers = drill.orders ? await this.shoppers(rate.orders) : undefined;
    await sleep(BEFORE_MS);
    const watches = await this.watch();
    this.goesOn();
    const releasedFrom = Date.now();
    await progress.step(`Release ${services.join(', ')}, while people use the shop`, () => {
      const releasing = made.deploy(services);
      this.cleanUps.push(() => releasing);
      return releasing;
    });
    const releasedTo = Date.now();
    await sleep(AFTER_MS);
    const sent = await traffic.stop();
    const orders =
      shoppers && (await progress.step('Follow the orders to their ends', () => shoppers.stop()));
    const releases = await this.releases(watches, releasedFrom);
    const asked = {
      client: setting.clients.logs,
      functionName: physicalName(setting.environment.name, 'catalog', 'api'),
      prefix: this.prefix,
      from,
    };
    return {
      drill: drill.name,
      environment: environment.name,
      from,
      to: Date.now(),
      releasedFrom,
      releasedTo,
      alarmPeriodSeconds: setting.alarmPeriodSeconds,
      weight: meanWeight(drill, environment.release.shift),
      lateMs: environment.release.apiLatencyMs,
      requests: await answeredBy(asked, sent),
      releases,
      orders,
    };
  }

  private async shoppers(rate: number): Promise<OrderTraffic> {
    const traffic = await startOrderTraffic(this.setting.outputs, rate);
    this.cleanUps.push(() => traffic.stop());
    return traffic;
  }

  /** Who interrupts a drill must not see it begin what comes next. */
  private goesOn(): void {
    if (this.ended) throw new Error('The drill has ended.');
  }

  private watch(): Promise<(readonly [DrillTarget, ReleaseWatch])[]> {
    const { clients, environment } = this.setting;
    return Promise.all(
      this.drill.targets.map(async (target) => {
        const say = (state: AliasState) =>
          this.progress.note(`${target.service}/${target.functionName}: ${shared(state)}`);
        const every = environment.hostedBy === 'local-cloud' ? 200 : 2_000;
        const watch = await watchRelease(clients.lambda, environment.name, target, every, say);
        this.cleanUps.push(() => watch.stop());
        return [target, watch] as const;
      }),
    );
  }

  private releases(
    watches: readonly (readonly [DrillTarget, ReleaseWatch])[],
    since: number,
  ): Promise<FunctionRelease[]> {
    const { clients, environment } = this.setting;
    return Promise.all(
      watches.map(async ([target, watch]) => {
        const aliasStates = await watch.stop();
        const start = new Date(since);
        const name = physicalName(environment.name, target.service, target.functionName);
        return {
          function: `${target.service}/${target.functionName}`,
          oldVersion: aliasStates[0]?.version ?? '',
          aliasStates,
          alarms: await rungAlarmsOf(clients.cloudWatch, environment.name, target, start),
          faults: await injectedFaults(clients.logs, name, since),
          ...(await deploymentsSince(clients.codeDeploy, environment.name, target, start)),
        };
      }),
    );
  }
}

function shared({ version, weights }: AliasState): string {
  const others = Object.entries(weights).map(
    ([other, share]) => `version ${other} gets ${Math.round(share * 100)} %`,
  );
  return [`version ${version}`, ...others].join(', ');
}
