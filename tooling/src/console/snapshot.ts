import type { FourNumbers } from '../delivery/four-numbers.js';
import type { AlarmRow } from '../releases/alarms.js';
import type { DeploymentRow } from '../releases/deployment-row.js';

/** What the console shows: plain JSON, read by the server and drawn by the page. Times are milliseconds since the epoch. */
export interface Panels {
  readonly functions: readonly FunctionRow[];
  readonly alarms: readonly AlarmRow[];
  readonly orders: Orders;
  readonly queues: readonly QueueRow[];
  readonly deployments: readonly DeploymentRow[];
  readonly machine: MachineRow;
  readonly clock: Clock;
  readonly drills: readonly DrillRow[];
  readonly deliveries: DeliveryPanel;
}

export type PanelName = keyof Panels;

/** A panel keeps what it last read when a later reading fails. */
export interface PanelState<T> {
  readonly value?: T;
  readonly readAt?: number;
  /** One sentence: why it could not be read lately. */
  readonly problem?: string;
}

export type Snapshot = { readonly [P in PanelName]: PanelState<Panels[P]> };

/** What stays the same while the console runs. */
export interface Setting {
  readonly environment: string;
  readonly region: string;
}

export interface Clock {
  /** Seconds that a minute of a release or an alarm lasts: 60 on AWS; on the laptop it can change at any time. */
  readonly minuteSeconds: number;
}

/** One message to the page. */
export type Update = {
  readonly [P in PanelName]: { readonly panel: P; readonly state: PanelState<Panels[P]> };
}[PanelName];

export interface FunctionRow {
  /** `orders-api` */
  readonly name: string;
  /** Absent for a function without the alias `live`. */
  readonly live?: {
    readonly version: string;
    readonly next?: { readonly version: string; readonly weight: number };
  };
}

export type OrderState = 'running' | 'waiting' | 'done' | 'failed';

export interface OrderRow {
  readonly orderId: string;
  readonly state: OrderState;
  /** `placed`, `confirmed`, `review`, …; absent while the table has not been read for it. */
  readonly status?: string;
  /** States of the checkout that were entered, in order. */
  readonly path: readonly string[];
  readonly startedAt: number;
  readonly endedAt?: number;
}

export interface Orders {
  readonly rows: readonly OrderRow[];
  /** Of these there may be more than were read. */
  readonly cut: readonly OrderState[];
}

export interface QueueRow {
  readonly name: string;
  readonly deadLetters: boolean;
  readonly waiting: number;
  readonly inFlight: number;
  /** Of the oldest message; absent where nothing was measured lately. */
  readonly ageSeconds?: number;
}

export interface MachineRow {
  readonly name: string;
  /** The versions that new executions get, and their shares. */
  readonly routes: readonly { readonly version: string; readonly weight: number }[];
}

export interface DrillRow {
  readonly name: string;
  /** What is released, and what must come of it. */
  readonly summary: string;
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly state: 'running' | 'passed' | 'failed' | 'broken off';
  /** What is wrong with one that failed. */
  readonly finding?: string;
}

/** What this machine has released to its own accounts: docs/delivery.md, This machine. */
export interface DeliveryPanel {
  readonly days: number;
  /** Of the runs that ended within these days. */
  readonly numbers: FourNumbers;
  /** The youngest first. */
  readonly rows: readonly DeliveryRow[];
}

export interface DeliveryRow {
  /** A commit for a run, an environment for a rollback. */
  readonly name: string;
  readonly release?: string;
  readonly state: 'running' | 'released' | 'stopped' | 'broken off' | 'rolled back' | 'not rolled back';
  /** Where it is, or why it went no further. */
  readonly detail?: string;
  readonly startedAt: number;
  /** Absent while it runs. */
  readonly endedAt?: number;
}
