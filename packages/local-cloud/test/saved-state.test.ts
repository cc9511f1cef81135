import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stopCloud } from '../src/cloud.js';
import { cloudSetup, fakeWorkersAt } from './fake-cloud.js';

/** A stopped cloud that has saved something. */
async function setup() {
  const cloud = await cloudSetup();
  await cloud.start();
  await stopCloud({ stateDir: cloud.stateDir });
  const startedWithState = async () => {
    await cloud.start();
    return (await fakeWorkersAt(cloud.port)).hadState;
  };
  const keptAside = () => {
    const [folder = ''] = existsSync(cloud.layout.aside) ? readdirSync(cloud.layout.aside) : [];
    return folder && readdirSync(join(cloud.layout.aside, folder)).sort();
  };
  return { ...cloud, startedWithState, keptAside };
}

test('carries the saved state over a restart', async () => {
  const { startedWithState, keptAside, lines } = await setup();

  expect(await startedWithState()).toBe(true);
  expect([keptAside(), lines]).toEqual(['', []]);
});

test('moves the state of another MiniStack aside and says so', async () => {
  const { layout, startedWithState, keptAside, lines } = await setup();
  writeFileSync(layout.version, JSON.stringify({ ministack: '1.4.0' }));

  expect(await startedWithState()).toBe(false);
  expect(keptAside()).toEqual(['objects', 'saved-by.json', 'services']);
  expect(lines).toEqual([
    expect.stringMatching(
      /^The saved state was saved by MiniStack 1\.4\.0, this is 1\.5\.33: the local cloud starts empty, the old state is kept in \S+$/,
    ),
  ]);
  expect(JSON.parse(readFileSync(layout.version, 'utf8'))).toEqual({ ministack: '1.5.33' });
});

test('moves a damaged state aside and names the damaged file', async () => {
  const { layout, startedWithState, keptAside, lines } = await setup();
  writeFileSync(join(layout.services, 'sqs.json'), '{"saved": tr');

  expect(await startedWithState()).toBe(false);
  expect(keptAside()).toContain('services');
  expect(lines[0]).toContain('The saved state is damaged (sqs.json)');
});

test('moves a state aside that the server could not restore', async () => {
  const { misbehave, startedWithState, keptAside, lines } = await setup();
  misbehave('lost-state');

  expect(await startedWithState()).toBe(false);
  expect(keptAside()).toContain('services');
  expect(lines[0]).toContain('The saved state is damaged (sqs)');
});

test('tries once more without a state that makes the server crash', async () => {
  const { misbehave, startedWithState, keptAside, lines } = await setup();
  misbehave('crash-on-state');

  expect(await startedWithState()).toBe(false);
  expect(keptAside()).toContain('services');
  expect(lines[0]).toContain('The saved state seems to keep the local cloud from starting');
});

test('keeps the state where a server crashes with or without it', async () => {
  const { misbehave, start, layout, startedWithState } = await setup();
  misbehave('crash');
  await expect(start()).rejects.toThrowError(/the planted crash/);
  expect(readdirSync(layout.services)).toEqual(['sqs.json']);

  misbehave('');

  expect(await startedWithState()).toBe(true);
});

test('keeps the three youngest states only', async () => {
  const { layout, startedWithState } = await setup();
  for (const day of ['01', '02', '03']) mkdirSync(join(layout.aside, `2026-01-${day}`), { recursive: true });
  writeFileSync(layout.version, '{}');

  await startedWithState();

  expect(readdirSync(layout.aside).sort()).toEqual(['2026-01-02', '2026-01-03', expect.stringMatching(/T/)]);
});

test('goes back to what was saved when the server was killed: buckets made since are moved aside', async () => {
  const { layout, startedWithState, lines } = await setup();
  const saved = { payload: { buckets_meta: { data: { "100000000001\0'known'": {} } } } };
  writeFileSync(join(layout.services, 's3.json'), JSON.stringify(saved));
  const buckets = [
    '100000000001/known',
    '100000000001/new',
    '000000000000/known',
    '.versions/100000000001/new',
  ];
  for (const bucket of buckets) mkdirSync(join(layout.objects, bucket), { recursive: true });

  expect(await startedWithState()).toBe(true);

  const left = buckets.filter((bucket) => existsSync(join(layout.objects, bucket)));
  expect(left).toEqual(['100000000001/known']);
  const [folder = ''] = readdirSync(layout.aside);
  expect(existsSync(join(layout.aside, folder, 'objects/100000000001/new'))).toBe(true);
  expect(lines[0]).toContain('The local cloud was killed before it could save');
});
