import { resolve } from 'node:path';
import { LocalCloudError } from './errors.js';
import { defaultStateDirectory } from './paths.js';

export const defaultPort = 4566;
/** The cloud takes the base port and the two after it. */
export const portsTaken = 3;

export interface CloudPlace {
  /** Base port P: P is the AWS endpoint, P+1 the shop's front door, P+2 the payment sandbox. */
  readonly port: number;
  /** Absolute. */
  readonly stateDir: string;
}

/** @throws {LocalCloudError} `SETTING_INVALID` for anything but a port with room for two more after it. */
export function parsePort(text: string, setting: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  const highest = 65_535 - (portsTaken - 1);
  if (port >= 1 && port <= highest) return port;
  throw new LocalCloudError(
    'SETTING_INVALID',
    `${setting} must be a port from 1 to ${highest}, not \`${text}\`.`,
  );
}

/** Fills gaps from `SHIPLINE_CLOUD_PORT` and the defaults. */
export function cloudPlace(
  given: { readonly port?: number | undefined; readonly stateDir?: string | undefined } = {},
  env: Readonly<Record<string, string | undefined>> = process.env,
): CloudPlace {
  const named = env['SHIPLINE_CLOUD_PORT'];
  const port = given.port ?? (named ? parsePort(named, 'SHIPLINE_CLOUD_PORT') : defaultPort);
  return { port, stateDir: resolve(given.stateDir ?? defaultStateDirectory) };
}

export interface CloudUrls {
  /** For AWS_ENDPOINT_URL. */
  readonly endpoint: string;
  /** The storefront and `/api`; answers once a front door is open. */
  readonly shop: string;
  readonly paymentSandbox: string;
}

export function cloudUrls(port: number): CloudUrls {
  return {
    endpoint: `http://127.0.0.1:${port}`,
    shop: `http://localhost:${port + 1}`,
    paymentSandbox: `http://127.0.0.1:${port + 2}`,
  };
}
