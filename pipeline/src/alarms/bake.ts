import { setTimeout as sleep } from 'node:timers/promises';
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { rungAlarms } from '@shipline/tooling/releases/rung-alarms';
import { type WakingAlarm, wakingAlarms } from './waking-alarms.js';

export interface Baked {
  /** How many alarms were watched. */
  readonly watched: number;
  /** Alarm -> what CloudWatch saw. */
  readonly rang: ReadonlyMap<string, string>;
}

export interface BakeOptions {
  /** Begins the names of an environment's alarms. */
  readonly prefix: string;
  readonly forMs: number;
  readonly everyMs: number;
}

/** Watches the alarms for a while; the first that rings ends it. */
export async function bake(
  client: CloudWatchClient,
  { prefix, forMs, everyMs }: BakeOptions,
): Promise<Baked> {
  const since = new Date();
  const until = performance.now() + forMs;
  for (;;) {
    const alarms = await wakingAlarms(client, prefix);
    const rang = alarms.filter(({ rings }) => rings).map(({ name, reason }) => [name, reason] as const);
    if (rang.length > 0) return { watched: alarms.length, rang: new Map(rang) };
    const left = until - performance.now();
    if (left <= 0) return { watched: alarms.length, rang: await rungMeanwhile(client, alarms, since) };
    await sleep(Math.min(everyMs, left));
  }
}

/** Those that rang and fell silent between two looks: CloudWatch's history knows them. */
export async function rungMeanwhile(
  client: CloudWatchClient,
  alarms: readonly WakingAlarm[],
  since: Date,
): Promise<ReadonlyMap<string, string>> {
  const names = new Set(alarms.map(({ name }) => name));
  // A history tells whole seconds.
  const second = new Date(Math.floor(since.getTime() / 1_000) * 1_000);
  const rung = await rungAlarms(client, '', second);
  return new Map(rung.filter(({ name }) => names.has(name)).map(({ name, reason }) => [name, reason]));
}
