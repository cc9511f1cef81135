import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { refusalOf } from '../../src/console/guard.js';
import { type ConsoleParts, startConsole } from '../../src/console/server.js';
import type { Snapshot, Update } from '../../src/console/snapshot.js';

const orderId = 'ord_01JZ8QK3T5V7X9BCDEFGHJKMNP';
const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

async function setup(parts: Partial<ConsoleParts> = {}) {
  const watchers = new Set<(update: Update) => void>();
  const poller: ConsoleParts['poller'] = {
    snapshot: { alarms: { value: [] } } as unknown as Snapshot,
    watch(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
  const setting = { environment: 'local', region: 'us-east-1' };
  const page = { '/': { type: 'text/html', body: '<p>console</p>' } };
  const trace = async () => undefined;
  const { server, url } = await startConsole({ poller, page, setting, trace, ...parts }, 0);
  stops.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port, address } = server.address() as AddressInfo;
  return { url, port, address, watchers };
}

/** A request whose every header is chosen, as no browser and no fetch would let us. */
function statusOf(
  port: number,
  headers: Record<string, string>,
  method = 'GET',
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: '/api/snapshot', method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

describe('who may ask', () => {
  it('is this machine alone: it listens on 127.0.0.1', async () => {
    const { address } = await setup();

    expect(address).toBe('127.0.0.1');
  });

  it.each(['127.0.0.1', 'localhost'])('is a page of %s', async (name) => {
    const { port } = await setup();
    const host = `${name}:${port}`;

    expect(await statusOf(port, { host })).toBe(200);
    expect(await statusOf(port, { host, origin: `http://${host}` })).toBe(200);
  });

  it('is no name that was made to point here', async () => {
    const { port } = await setup();

    expect(await statusOf(port, { host: `rebound.example:${port}` })).toBe(403);
    expect(await statusOf(port, { host: '127.0.0.1' })).toBe(403);
  });

  it('is no other page, whether it is of another name or of another port', async () => {
    const { port } = await setup();
    const host = `127.0.0.1:${port}`;

    for (const origin of ['https://elsewhere.example', `http://127.0.0.1:${port + 1}`, 'null'])
      expect(await statusOf(port, { host, origin })).toBe(403);
    for (const site of ['cross-site', 'same-site'])
      expect(await statusOf(port, { host, 'sec-fetch-site': site, 'sec-fetch-mode': 'no-cors' })).toBe(403);
    expect(await statusOf(port, { host, 'sec-fetch-site': 'same-origin' })).toBe(200);
  });

  it('may come from another page by a link, to the page itself and to nothing that it reads', () => {
    const link = { host: 'localhost:4580', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    const refused = (url: string) => refusalOf({ method: 'GET', headers: link, url }, 4580) !== undefined;

    expect([refused('/'), refused('/?utm=x')]).toEqual([false, false]);
    for (const url of ['/api/setting', '/api/updates', `/api/orders/${orderId}`, '//', '/main.js'])
      expect(refused(url), url).toBe(true);
  });

  it.each([
    ['127.0.0.1', 80, true],
    ['localhost', 80, true],
    ['localhost:80', 80, true],
    ['localhost', 4580, false],
    ['rebound.example', 80, false],
  ])('names it %s where it listens on port %i: %s', (host, port, isOurs) => {
    const refusal = refusalOf({ method: 'GET', headers: { host }, url: '/' }, port);

    expect(refusal === undefined).toBe(isOurs);
  });

  it.each(['POST', 'PUT', 'DELETE'])('asks by GET, not by %s', async (method) => {
    const { port } = await setup();

    expect(await statusOf(port, { host: `127.0.0.1:${port}` }, method)).toBe(403);
  });
});

it('allows the page its own script and style and nothing else', async () => {
  const { url } = await setup();

  const { headers } = await fetch(url);

  expect(headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; script-src 'self'; style-src 'self';/,
  );
  expect(headers.get('content-security-policy')).not.toContain('unsafe');
  expect(headers.get('cache-control')).toBe('no-store');
});

it('sends every panel as it is, then what changes, for as long as the page is open', async () => {
  const { url, watchers } = await setup();
  const leaving = new AbortController();
  const { body, headers } = await fetch(`${url}/api/updates`, { signal: leaving.signal });
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  expect(headers.get('content-type')).toBe('text/event-stream');
  expect((await reader?.read())?.value).toBe('data: {"panel":"alarms","state":{"value":[]}}\n\n');

  for (const tell of watchers) tell({ panel: 'queues', state: { problem: 'Rate exceeded' } });
  expect((await reader?.read())?.value).toBe(
    'data: {"panel":"queues","state":{"problem":"Rate exceeded"}}\n\n',
  );

  leaving.abort();
  await vi.waitFor(() => expect(watchers.size).toBe(0));
});

describe('the trace of an order', () => {
  it.each([
    ['is refused for what is no order id', 'ord_1', 400, 'An order id looks like'],
    ['is refused for what is no text', '%E0', 400, 'An order id looks like'],
    ['is not there for an unknown order', orderId, 404, 'Nothing is known of order'],
  ])('%s', async (_, id, status, words) => {
    const { url } = await setup();

    const reply = await fetch(`${url}/api/orders/${id}`);

    expect(reply.status).toBe(status);
    expect(((await reply.json()) as { problem: string }).problem).toContain(words);
  });

  it('says why it could not be read', async () => {
    const trace = () => Promise.reject(new Error('Rate exceeded'));
    const { url } = await setup({ trace });

    const reply = await fetch(`${url}/api/orders/${orderId}`);

    expect(reply.status).toBe(502);
    expect(await reply.json()).toEqual({ problem: 'Rate exceeded' });
  });
});

it('says which option helps when the port is taken', async () => {
  const { port } = await setup();
  const unused = {} as ConsoleParts;

  await expect(startConsole(unused, port)).rejects.toThrow('--port');
});
