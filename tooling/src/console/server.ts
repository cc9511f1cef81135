import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OrderId } from '@shipline/contracts';
import { UserError } from '../cli.js';
import type { OrderWay } from '../trace/order-way.js';
import { protect, refusalOf } from './guard.js';
import type { PageFiles } from './page-files.js';
import type { Poller } from './poller.js';
import type { Setting } from './snapshot.js';

export interface ConsoleParts {
  readonly poller: Pick<Poller, 'snapshot' | 'watch'>;
  readonly page: PageFiles;
  readonly setting: Setting;
  /** Undefined where nothing is known of the order. */
  readonly trace: (orderId: string) => Promise<OrderWay | undefined>;
}

/** Listens on 127.0.0.1 only; port 0 takes any that is free. */
export async function startConsole(
  parts: ConsoleParts,
  port: number,
): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    protect(response);
    const refusal = refusalOf(request, (server.address() as AddressInfo).port);
    if (refusal) return answer(response, 403, { problem: refusal });
    route(parts, request, response).catch((error: unknown) =>
      answer(response, 502, { problem: error instanceof Error ? error.message : String(error) }),
    );
  });
  await listen(server, port);
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const listen = (server: Server, port: number) =>
  new Promise<void>((resolve, reject) => {
    const refuse = (cause: NodeJS.ErrnoException) => {
      const taken = `Something listens on port ${port} already: give another one with \`--port\`.`;
      reject(cause.code === 'EADDRINUSE' ? new UserError(taken, { cause }) : cause);
    };
    server.once('error', refuse).listen(port, '127.0.0.1', resolve);
  });

async function route(parts: ConsoleParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://console');
  const file = parts.page[pathname];
  if (file) response.setHeader('content-type', file.type).end(file.body);
  else if (pathname === '/api/setting') answer(response, 200, parts.setting);
  else if (pathname === '/api/snapshot') answer(response, 200, parts.poller.snapshot);
  else if (pathname === '/api/updates') stream(parts, response);
  else if (pathname.startsWith('/api/orders/')) await trace(parts, pathname, response);
  else answer(response, 404, { problem: 'There is nothing here.' });
}

/** Server-sent events: each panel as it is now, then each as it changes. */
function stream({ poller }: ConsoleParts, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const send = (message: unknown) => response.write(`data: ${JSON.stringify(message)}\n\n`);
  for (const [panel, state] of Object.entries(poller.snapshot)) send({ panel, state });
  const leave = poller.watch(send);
  response.on('close', leave);
}

async function trace(parts: ConsoleParts, pathname: string, response: ServerResponse): Promise<void> {
  // Nothing in an order id needs escaping: whatever is escaped is none.
  const orderId = OrderId.safeParse(pathname.slice('/api/orders/'.length));
  if (!orderId.success)
    return answer(response, 400, { problem: 'An order id looks like ord_01JZ8QK3T5V7X9BCDEFGHJKMNP.' });
  const way = await parts.trace(orderId.data);
  if (way) return answer(response, 200, way);
  answer(response, 404, { problem: `Nothing is known of order ${orderId.data} in the last day.` });
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
