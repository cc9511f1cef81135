import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Poller, type Readers } from '../../src/console/poller.js';
import type { PanelName, Update } from '../../src/console/snapshot.js';

const panels = [
  'functions',
  'alarms',
  'orders',
  'queues',
  'deployments',
  'machine',
  'clock',
  'drills',
  'deliveries',
] as const;

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Every panel is read each second and is empty, but for what is given. */
function setup(given: Partial<Record<PanelName, () => Promise<unknown>>>) {
  const reads = Object.fromEntries(panels.map((panel) => [panel, vi.fn(given[panel] ?? (async () => []))]));
  const readers = Object.fromEntries(
    panels.map((panel) => [panel, { everySeconds: 1, read: reads[panel] }]),
  ) as unknown as Readers;
  const poller = new Poller(readers, Date.now);
  const updates: Update[] = [];
  const watch = () => poller.watch((update) => updates.push(update));
  const told = (panel: PanelName) =>
    updates.filter((update) => update.panel === panel).map(({ state }) => state);
  return { poller, watch, told, count: (panel: PanelName) => reads[panel]?.mock.calls.length };
}

const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1000);

it('reads nothing while nobody watches', async () => {
  const { watch, count } = setup({});
  await seconds(10);
  expect(count('alarms')).toBe(0);

  const leave = watch();
  await seconds(2);
  leave();
  const before = count('alarms');
  await seconds(10);

  expect(before).toBe(3);
  expect(count('alarms')).toBe(before);
});

it('reads once for all who watch', async () => {
  const { watch, count } = setup({});
  watch();
  watch();

  await seconds(3);

  expect(count('queues')).toBe(4);
});

it('tells of a panel that cannot be read in that panel, keeps what it had, and goes on with the others', async () => {
  const read = vi.fn().mockResolvedValueOnce(['first']).mockRejectedValue(new Error('Rate exceeded'));
  const { poller, watch, told, count } = setup({ alarms: read });
  watch();

  await seconds(3);

  expect(told('alarms').at(-1)).toMatchObject({ value: ['first'], problem: 'Rate exceeded' });
  expect(poller.snapshot.queues).toMatchObject({ value: [] });
  expect(count('queues')).toBe(4);
});

it('asks less and less often what fails, once a minute at the least, and at its own pace when it works again', async () => {
  let works = false;
  const read = vi.fn(async () => {
    if (!works) throw new Error('no');
    return [];
  });
  const { watch, told } = setup({ orders: read });
  watch();
  // Pauses of 2, 4, 8, 16 and 32 s, then one of 60.
  await seconds(62);
  expect(read).toHaveBeenCalledTimes(6);

  works = true;
  await seconds(60);
  expect(told('orders').at(-1)).not.toHaveProperty('problem');
  const before = read.mock.calls.length;
  await seconds(5);

  expect(read.mock.calls.length - before).toBe(5);
});

it('does not tell what has not changed', async () => {
  const { watch, told } = setup({ functions: async () => [{ name: 'orders-api' }] });
  watch();

  await seconds(5);

  expect(told('functions')).toHaveLength(1);
});

it('does not begin a reading while the last one of that panel goes on', async () => {
  const { watch, count } = setup({ deployments: () => new Promise(() => {}) });
  watch()();
  watch();

  await seconds(5);

  expect(count('deployments')).toBe(1);
});
