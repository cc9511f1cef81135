import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StubRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly form: URLSearchParams;
}
/** `hang`: never answers. `drop`: closes the connection. */
export type StubReply = { readonly status: number; readonly body: unknown } | 'hang' | 'drop';

/** An HTTP server that answers, one after another, what a test says: also what no sandbox would. */
export async function startStubGateway() {
  const requests: StubRequest[] = [];
  const replies: StubReply[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { method = '', url = '', headers } = request;
    requests.push({ method, path: url, headers, form: new URLSearchParams(body) });
    const reply = replies.shift() ?? { status: 500, body: 'the test gave no reply' };
    if (reply === 'hang') return;
    if (reply === 'drop') {
      request.socket.destroy();
      return;
    }
    response.writeHead(reply.status, { 'content-type': 'application/json' });
    response.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer: (...next: StubReply[]) => void replies.push(...next),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A PaymentIntent as Stripe writes it, as far as it is read. */
export const stripeIntent = (overrides: Record<string, unknown> = {}) => ({
  id: 'pi_1',
  object: 'payment_intent',
  status: 'requires_capture',
  amount: 2800,
  amount_capturable: 2800,
  amount_received: 0,
  currency: 'usd',
  metadata: {},
  last_payment_error: null,
  ...overrides,
});

export const stripeError = (status: number, error: Record<string, unknown>): StubReply => ({
  status,
  body: { error: { message: 'no', ...error } },
});
