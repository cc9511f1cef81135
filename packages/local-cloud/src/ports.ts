import { connect, createServer } from 'node:net';
import { portsTaken } from './cloud-settings.js';
import { LocalCloudError } from './errors.js';
import { cloudHealth } from './server-client.js';

const roles = ['the AWS endpoint', "the shop's front door", 'the payment sandbox'];

/** A listener on all addresses does not always refuse a second one on 127.0.0.1 (macOS), so both are tried. */
function answers(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host, timeout: 1_000 });
    const end = (taken: boolean) => {
      socket.destroy();
      resolve(taken);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });
}

function canBind(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

async function isFree(port: number): Promise<boolean> {
  return !(await answers(port, '127.0.0.1')) && !(await answers(port, '::1')) && (await canBind(port));
}

/** @throws {LocalCloudError} `PORT_IN_USE` naming the first of the cloud's ports that something else holds. */
export async function assertPortsFree(base: number): Promise<void> {
  for (const [offset, role] of roles.entries()) {
    if (await isFree(base + offset)) continue;
    const health = await cloudHealth(base);
    const owner = health === undefined ? 'another program' : 'a Shipline cloud with another state directory';
    const other = base + 100 > 65_000 ? base - 100 : base + 100;
    throw new LocalCloudError(
      'PORT_IN_USE',
      `Port ${base + offset} (${role}) is in use by ${owner}: stop that one, or move the local cloud with SHIPLINE_CLOUD_PORT=${other} (it takes ${portsTaken} ports in a row).`,
    );
  }
}
