/** Where every metric of the shop's own is; AWS's are in namespaces of theirs. */
export const metricNamespace = 'Shipline';

export interface MetricContract {
  /** What dashboards call it. */
  readonly title: string;
  /** Whose functions emit it; `every`: the kit does, for all of them. */
  readonly service: 'catalog' | 'inventory' | 'cart' | 'orders' | 'payments' | 'notifications' | 'every';
  readonly unit: 'Count' | 'Milliseconds' | 'None';
  /** Besides `service`. Each value is a metric of its own that costs by the month: a closed set of few. */
  readonly dimension?: 'reason' | 'currency' | 'outcome' | 'operation' | 'mail';
}

/**
 * What the functions measure and what dashboards and alarms read: neither can name another metric. Each counts what
 * became true, at most once; only an order that is parked again counts as parked again. Tests: infra's
 * observability.test.ts (each has a source, and is asked for as its contract has it) and
 * tests/integration/business-metrics.test.ts.
 */
export const metrics = {
  /** Something is in a cart in which nothing was: the beginning of what may become an order. */
  CartsStarted: { title: 'Carts started', service: 'cart', unit: 'Count' },
  /** Requests that were refused before there was an order, by the refusal's code. */
  OrderRequestsRefused: {
    title: 'Requests refused before there was an order',
    service: 'orders',
    unit: 'Count',
    dimension: 'reason',
  },
  OrdersPlaced: { title: 'Orders placed', service: 'orders', unit: 'Count' },
  OrdersConfirmed: { title: 'Orders confirmed', service: 'orders', unit: 'Count' },
  OrdersRefused: { title: 'Orders refused', service: 'orders', unit: 'Count', dimension: 'reason' },
  OrdersCancelled: { title: 'Orders cancelled', service: 'orders', unit: 'Count' },
  /** Orders that wait for a person. */
  OrdersParked: {
    title: 'Orders parked for a person',
    service: 'orders',
    unit: 'Count',
    dimension: 'reason',
  },
  /** 1 where a checkout was decided after its objective (docs/slo.md) or parked, else 0. */
  OrdersLate: { title: 'Checkouts that took too long', service: 'orders', unit: 'Count' },
  /** From the request to its outcome: how long the saga took. */
  CheckoutDuration: {
    title: 'Duration of checkouts',
    service: 'orders',
    unit: 'Milliseconds',
    dimension: 'outcome',
  },
  /** Of confirmed orders, gross, in the currency's minor unit: sums of integers stay exact. */
  RevenueMinorUnits: {
    title: 'Revenue in minor units',
    service: 'orders',
    unit: 'None',
    dimension: 'currency',
  },
  PaymentsDeclined: { title: 'Payments declined', service: 'payments', unit: 'Count', dimension: 'reason' },
  /** Calls of the card company whose outcome nobody knows yet. */
  PaymentsUnknown: {
    title: 'Calls of the card company without a known outcome',
    service: 'payments',
    unit: 'Count',
    dimension: 'operation',
  },
  /** Stock that was held for an order that came to nothing without anybody giving it back. */
  ReservationsExpired: { title: 'Reservations expired', service: 'inventory', unit: 'Count' },
  MailsSent: { title: 'Mails sent', service: 'notifications', unit: 'Count', dimension: 'mail' },
  /** Invocations that waited for an environment to start. */
  ColdStarts: { title: 'Cold starts', service: 'every', unit: 'Count' },
} as const satisfies Record<string, MetricContract>;

export type MetricName = keyof typeof metrics;

/** Names of the metrics that say how the shop does, by the service that emits them. */
export const metricsOf = (service: MetricContract['service']): MetricName[] =>
  (Object.keys(metrics) as MetricName[]).filter((name) => metrics[name].service === service);
