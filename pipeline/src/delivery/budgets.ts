import type { Environment, EnvironmentName } from '@shipline/infra';

/** What people may feel while many use the shop. */
export interface LoadBudget {
  /** How long they come. */
  readonly seconds: number;
  /** People who look, and people who order, per second: far below what the environment's throttling admits. */
  readonly readsPerSecond: number;
  readonly ordersPerSecond: number;
  /** Milliseconds within which 99 of 100 pages are answered. */
  readonly readP99Ms: number;
  /** Milliseconds within which 99 of 100 orders have come to rest. */
  readonly checkoutP99Ms: number;
  /** Share of the requests, of both kinds, that may get no good answer. */
  readonly errorShare: number;
}

export interface Budgets {
  /** Of a minute of the alarms, during which none may ring. */
  readonly bakeMinutes: number;
  /** Customers of the synthetic traffic. */
  readonly visits: number;
  readonly load: Readonly<Record<Environment['hostedBy'], LoadBudget>>;
}

/**
 * A checkout is decided within 30 seconds (docs/slo.md). A laptop shares its two cores between the shop, its cloud and
 * those who ask: what it is held to shows that a release has become several times slower, and no more.
 */
const load: Budgets['load'] = {
  aws: {
    seconds: 60,
    readsPerSecond: 50,
    ordersPerSecond: 2,
    readP99Ms: 1_000,
    checkoutP99Ms: 15_000,
    errorShare: 0.001,
  },
  'local-cloud': {
    seconds: 15,
    readsPerSecond: 10,
    ordersPerSecond: 0.4,
    readP99Ms: 5_000,
    checkoutP99Ms: 60_000,
    errorShare: 0.01,
  },
};

/** What each environment holds a release to, side by side. */
export const budgets: Readonly<Record<Exclude<EnvironmentName, 'local'>, Budgets>> = {
  dev: { bakeMinutes: 5, visits: 3, load },
  staging: { bakeMinutes: 5, visits: 5, load },
  prod: { bakeMinutes: 10, visits: 10, load },
};
