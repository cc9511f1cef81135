import type { SentRequest } from '../observation.js';
import { everySecond } from './arrivals.js';

export interface ReadTraffic {
  /** Ends it, and waits for the answers that are still out. */
  stop(): Promise<readonly SentRequest[]>;
}

export interface ReadTrafficOptions {
  readonly origin: string;
  /** Asked for in turn. */
  readonly paths: readonly string[];
  readonly perSecond: number;
  /** Begins each request's correlation id. */
  readonly prefix: string;
}

/** A browser's patience. */
const PATIENCE_MS = 10_000;

/**
 * Customers who look at the shop: they come evenly, and none waits for another's answer. A load generator that keeps a
 * number of connections busy would send a slow release fewer of them, and hide what it does.
 */
export function startReadTraffic({ origin, paths, perSecond, prefix }: ReadTrafficOptions): ReadTraffic {
  const sent: Promise<SentRequest>[] = [];
  const arrivals = everySecond(perSecond, (number) => {
    const path = paths[number % paths.length] ?? '/';
    sent.push(ask(`${origin}${path}`, `${prefix}${number}`));
  });
  return {
    async stop() {
      await arrivals.stop();
      return Promise.all(sent);
    },
  };
}

async function ask(url: string, id: string): Promise<SentRequest> {
  const sentAt = Date.now();
  const begun = performance.now();
  const status = await statusOf(url, id);
  return { id, sentAt, latencyMs: performance.now() - begun, status };
}

/** Whatever keeps an answer away is the same to a customer: none came. */
async function statusOf(url: string, id: string): Promise<number> {
  try {
    const reply = await fetch(url, {
      headers: { 'x-correlation-id': id },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    await reply.arrayBuffer();
    return reply.status;
  } catch {
    return 0;
  }
}
