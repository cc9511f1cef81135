import { setTimeout as sleep } from 'node:timers/promises';
import { cloudUrls } from './cloud-settings.js';
import { LocalCloudError } from './errors.js';

/** What the server says of itself at `/_shipline/health`. */
export interface CloudHealth {
  /** MiniStack's version. */
  readonly ministack: string;
  /** The extension's version. */
  readonly extension: string;
  /** Figures of the functions' worker processes. */
  readonly workers: unknown;
  /** Seconds that one minute of a deployment takes. */
  readonly minuteSeconds: number;
  /** The same as it began, whatever was set meanwhile. */
  readonly ownMinuteSeconds: number;
  readonly frontDoors: readonly FrontDoor[];
}

/** A plain listener on 127.0.0.1 and ::1 that stands where AWS's TLS endpoint stands. */
export interface FrontDoor {
  readonly port: number;
  /** The name that it leads to, as AWS has it: `d123.cloudfront.net`, `<id>.execute-api.us-east-1.amazonaws.com`. */
  readonly target: string;
  /** The name by which it is called here: `localhost` or `127.0.0.1`. */
  readonly host: string;
}

const pollMilliseconds = 50;

/** Undefined when nothing answers there, or something that is not our server. */
export async function cloudHealth(port: number): Promise<CloudHealth | undefined> {
  try {
    const reply = await fetch(`${cloudUrls(port).endpoint}/_shipline/health`, {
      signal: AbortSignal.timeout(2_000),
    });
    if (!reply.ok) return undefined;
    const health = (await reply.json()) as Partial<CloudHealth>;
    return health.ministack && health.extension ? (health as CloudHealth) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Waits until the cloud at this port answers.
 * @param timeout Milliseconds.
 * @throws {LocalCloudError} `NOT_HEALTHY` when it does not in time; whatever `signal` was aborted with.
 */
export async function waitUntilHealthy(
  port: number,
  { timeout = 30_000, signal }: { readonly timeout?: number; readonly signal?: AbortSignal } = {},
): Promise<CloudHealth> {
  const deadline = performance.now() + timeout;
  while (performance.now() < deadline) {
    signal?.throwIfAborted();
    const health = await cloudHealth(port);
    if (health !== undefined) return health;
    await sleep(pollMilliseconds);
  }
  throw new LocalCloudError(
    'NOT_HEALTHY',
    `The local cloud at port ${port} did not answer within ${timeout / 1000} s: stop it with \`pnpm cloud stop\` and start it again.`,
  );
}

async function send(port: number, method: string, path: string, body?: unknown): Promise<void> {
  let reply: Response;
  try {
    reply = await fetch(`${cloudUrls(port).endpoint}${path}`, {
      method,
      signal: AbortSignal.timeout(30_000),
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  } catch (cause) {
    throw new LocalCloudError(
      'NOT_RUNNING',
      `No local cloud answers at port ${port}: start it with \`pnpm cloud start\`.`,
      { cause },
    );
  }
  const text = await reply.text();
  if (reply.ok) return;
  throw new LocalCloudError(
    'REQUEST_REFUSED',
    `The local cloud refused ${method} ${path} (${reply.status}): ${text}`,
  );
}

/**
 * Opens these doors; those on other ports stay as they are, because they may lead to another environment.
 * @throws {LocalCloudError} `REQUEST_REFUSED` when one of the ports is in use.
 */
export async function openFrontDoors(port: number, doors: readonly FrontDoor[]): Promise<void> {
  const { frontDoors = [] } = (await cloudHealth(port)) ?? {};
  const kept = frontDoors.filter((open) => !doors.some((door) => door.port === open.port));
  await send(port, 'PUT', '/_shipline/front-doors', {
    doors: [...kept.map(({ port: at, target, host }) => ({ port: at, target, host })), ...doors],
  });
}

/**
 * How many seconds a minute of a release, or of an alarm's period, takes from now on (0.01 to 3600).
 * @throws {LocalCloudError} where no cloud answers, or it does not take the number.
 */
export function setMinuteSeconds(port: number, minuteSeconds: number): Promise<void> {
  return send(port, 'PUT', '/_shipline/clock', { minuteSeconds });
}

/** Wipes every account of a running cloud: resources, saved state and stored objects. */
export function wipeCloud(port: number): Promise<void> {
  return send(port, 'POST', '/_ministack/reset');
}
