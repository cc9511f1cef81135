import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterEach, expect, it } from 'vitest';
import { hurried, unhurried } from '../../src/dev/hurried.js';

/** The part of the local cloud that keeps the clock. */
async function clock(startPace = 2) {
  const paces: number[] = [];
  let minuteSeconds = startPace;
  const server = createServer(async (request, response) => {
    if (request.method === 'PUT') {
      ({ minuteSeconds } = (await json(request)) as { minuteSeconds: number });
      paces.push(minuteSeconds);
    }
    response.end(JSON.stringify({ ministack: '1', extension: '1', minuteSeconds, ownMinuteSeconds: 2 }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  closing.push(() => server.close());
  return { port: (server.address() as AddressInfo).port, paces, pace: () => minuteSeconds };
}

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => void close()));

it('shortens minutes while the work runs, and no longer', async () => {
  const { port, pace, paces } = await clock();

  const during = await hurried(port, async () => pace());

  expect(during).toBeLessThan(1);
  expect(paces).toEqual([during, 2]);
});

it('gives the minute its length back after a failure, too', async () => {
  const { port, pace } = await clock();

  await expect(hurried(port, () => Promise.reject(new Error('refused')))).rejects.toThrow('refused');

  expect(pace()).toBe(2);
});

it('gives back what one that was killed took: to the next deployment, and to itself', async () => {
  const [deployed, saved] = [await clock(0.2), await clock(0.2)];

  await unhurried(deployed.port);
  await hurried(saved.port, async () => undefined);

  expect(deployed.pace()).toBe(2);
  expect(saved.pace()).toBe(2);
});

it('leaves a pace alone that somebody set', async () => {
  const { port, pace, paces } = await clock(10);

  await unhurried(port);
  await hurried(port, async () => undefined);

  expect(pace()).toBe(10);
  expect(paces).toHaveLength(2);
});
