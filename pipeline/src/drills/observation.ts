import type { DrillName } from './drill.js';

/** Milliseconds since 1970, as `Date.now()` gives them. */
export type Moment = number;

/** One request of a customer, as the customer saw it. */
export interface SentRequest {
  /** Its correlation id, by which the functions' logs tell who answered it. */
  readonly id: string;
  readonly sentAt: Moment;
  readonly latencyMs: number;
  /** 0 where no answer came. */
  readonly status: number;
}

export interface AnsweredRequest extends SentRequest {
  /** Of the function; undefined where no log tells it. */
  readonly version: string | undefined;
}

/** What the alias `live` of a released function was seen to be, from this moment on. */
export interface AliasState {
  readonly at: Moment;
  /** The version that serves whom no weight sends elsewhere. */
  readonly version: string;
  /** Version -> its share. */
  readonly weights: Readonly<Record<string, number>>;
}

export interface RungAlarm {
  readonly name: string;
  readonly at: Moment;
}

/** A deployment as CodeDeploy tells it. */
export interface SeenDeployment {
  readonly id: string;
  readonly status: string;
  /** CodeDeploy's code: `ALARM_ACTIVE`, `HOOK_EXECUTION_FAILURE`, … */
  readonly error: string | undefined;
  readonly isRollback: boolean;
}

/** How the release of one function went. */
export interface FunctionRelease {
  /** `catalog/api` */
  readonly function: string;
  readonly oldVersion: string;
  /** Undefined where it was never published. */
  readonly newVersion: string | undefined;
  /** The first one is the state before. */
  readonly aliasStates: readonly AliasState[];
  readonly alarms: readonly RungAlarm[];
  readonly deployments: readonly SeenDeployment[];
  /** When its fault was met, as the function's log tells. */
  readonly faults: readonly Moment[];
}

/** One order of a drill, when it has come to rest. */
export interface DrillOrder {
  readonly orderId: string;
  readonly placedAt: Moment;
  /** Undefined where it stands still. */
  readonly settledAt: Moment | undefined;
  readonly status: string;
  /** Sentences: what order, reservation, ledger and gateway do not agree about. */
  readonly contradictions: readonly string[];
}

export interface OrdersObservation {
  readonly orders: readonly DrillOrder[];
  /** Orders that the shop did not take. */
  readonly notTaken: readonly string[];
  readonly sku: string;
  /** Units that could be ordered before, and after all orders have come to rest. */
  readonly unitsBefore: number;
  readonly unitsAfter: number;
}

/** All that was seen during a drill; what it means is decided by `verdict/`. */
export interface Observation {
  readonly drill: DrillName;
  readonly environment: string;
  readonly from: Moment;
  readonly to: Moment;
  readonly releasedFrom: Moment;
  readonly releasedTo: Moment;
  /** Seconds that a period of the alarms takes: 60 on AWS. */
  readonly alarmPeriodSeconds: number;
  /** The share that a new version gets, on average, until its alarm must have rung. */
  readonly weight: number;
  /** Milliseconds above which an answer is late. */
  readonly lateMs: number;
  readonly requests: readonly AnsweredRequest[];
  readonly releases: readonly FunctionRelease[];
  readonly orders: OrdersObservation | undefined;
}
