import type { ConsoleParts } from '@shipline/tooling/console/server';
import type { OrderRow, PanelName, Panels, Snapshot, Update } from '@shipline/tooling/console/snapshot';
import type { DeploymentRow } from '@shipline/tooling/releases/deployment-row';

const seconds = (count: number) => Date.now() - count * 1000;
const stages = ['BeforeAllowTraffic', 'AllowTraffic', 'AfterAllowTraffic'];
const reached = (count: number) =>
  stages.map((name, index) => ({
    name,
    status: index < count ? 'Succeeded' : index === count ? 'InProgress' : 'Pending',
  }));

export const shifting: DeploymentRow = {
  id: 'd-SHIFTING1',
  name: 'catalog-api',
  from: '7',
  to: '8',
  state: 'shifting',
  weight: 0.1,
  old: { requests: 812, errors: 0 },
  new: { requests: 90, errors: 17 },
  events: reached(1),
  startedAt: seconds(40),
  dueAt: seconds(-260),
};

export const takenBack: DeploymentRow = {
  id: 'd-TAKENBACK',
  name: 'payments-capture',
  from: '3',
  to: '4',
  state: 'taken back',
  weight: 0,
  old: { requests: 0, errors: 0 },
  new: { requests: 0, errors: 0 },
  events: [],
  startedAt: seconds(900),
  endedAt: seconds(600),
  reason: 'The hook shipline-local-payments-check-release of BeforeAllowTraffic reported Failed.',
};

export const drill = {
  name: 'bad-release',
  summary: 'A catalog that fails one request in five is taken back, and few notice.',
  startedAt: seconds(60),
  state: 'running',
} as const;

const alarms: Panels['alarms'] = [
  {
    name: 'catalog-api-new-version-errors-8',
    state: 'ALARM',
    since: seconds(8),
    userImpact: 'Some of those who look at products see an error.',
    runbook: 'docs/runbooks/release-taken-back.md',
    reason:
      'Threshold Crossed: 1 out of the last 1 datapoints [17.0 (25/11/26 12:00:00)] was greater than 2.0.',
  },
  ...['orders-api-faults', 'checkout-parked', 'checkout-availability-fast-burn'].map((name) => ({
    name,
    state: 'OK' as const,
    since: seconds(7200),
    userImpact: 'Nobody can buy.',
    reason: '',
  })),
];

const orders = (count: number, state: OrderRow['state'], status: string, path: string[]): OrderRow[] =>
  Array.from({ length: count }, (_, index) => ({
    orderId: `ord_01JZ8QK3T5V7X9BCDE${state.slice(0, 4).toUpperCase()}${String(index).padStart(4, '0')}`,
    state,
    status,
    path,
    startedAt: seconds(20 + index),
    ...(state !== 'running' && { endedAt: seconds(10 + index) }),
  }));

export const deliveries: Panels['deliveries'] = {
  days: 30,
  numbers: {
    deployments: 9,
    perDay: 0.3,
    leadTime: 26 * 60_000,
    changeFailureRate: 0.1,
    timeToRestore: 4.2 * 60_000,
  },
  rows: [
    {
      name: 'a1b2c3d',
      release: '90d828c76bc6',
      state: 'running',
      detail: 'staging · synthetic-traffic',
      startedAt: seconds(700),
    },
    {
      name: 'prod',
      release: '5f1e0a9be327',
      state: 'rolled back',
      startedAt: seconds(7300),
      endedAt: seconds(7200),
    },
    {
      name: '0f9e8d7',
      release: '77aa01c2d9e4',
      state: 'stopped',
      detail:
        'dev · ✗ deploy: shipline-dev-catalog: CatalogApiFunctionAliaslive: the deployment was stopped by an alarm · dev runs release 5f1e0a9be327 again',
      startedAt: seconds(90_000),
      endedAt: seconds(89_000),
    },
    {
      name: 'c4d5e6f',
      release: '5f1e0a9be327',
      state: 'released',
      startedAt: seconds(170_000),
      endedAt: seconds(168_000),
    },
  ],
};

const panels: Panels = {
  functions: [
    { name: 'catalog-api', live: { version: '7', next: { version: '8', weight: 0.1 } } },
    { name: 'orders-api', live: { version: '5' } },
  ],
  alarms,
  orders: {
    rows: [
      ...orders(1, 'failed', 'review', ['Authorise', 'CommitStock', 'ParkOrder']),
      ...orders(20, 'running', 'placed', ['Authorise']),
      ...orders(4, 'done', 'confirmed', ['Authorise', 'CommitStock', 'Capture']),
    ],
    cut: ['running'],
  },
  queues: [{ name: 'orders-on-payment-captured', deadLetters: false, waiting: 0, inFlight: 1 }],
  deployments: [shifting, takenBack],
  machine: { name: 'checkout', routes: [{ version: '6', weight: 1 }] },
  clock: { minuteSeconds: 2 },
  deliveries,
  drills: [
    drill,
    {
      name: 'slow-release',
      summary: 'A cart that answers late is taken back.',
      startedAt: seconds(7300),
      endedAt: seconds(7200),
      state: 'failed',
      finding: 'failed: 2 of 9 do not hold',
    },
  ],
};

/** What the console had read at some moment, told to the page as the poller tells it, and what is read after that. */
export function recordedPoller(): { poller: ConsoleParts['poller']; tell: (update: Update) => void } {
  const states = new Map(
    Object.entries(panels).map(([name, value]) => [name as PanelName, { value, readAt: Date.now() }]),
  );
  const watchers = new Set<(update: Update) => void>();
  const poller = {
    get snapshot() {
      return Object.fromEntries(states) as unknown as Snapshot;
    },
    watch(watcher: (update: Update) => void) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
  return { poller, tell: (update) => watchers.forEach((watcher) => void watcher(update)) };
}
