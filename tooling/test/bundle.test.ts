import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bundleService, openBundler } from '../src/bundle-service.js';
import { filesBelow, parcelsCopy } from './bundled-parcels.js';

it('gives each function a folder that is complete by itself', async () => {
  const folder = parcelsCopy();
  const { bundles } = await bundleService(folder);

  expect(bundles.map(({ name }) => name)).toEqual(['api', 'on-order-confirmed', 'relay', 'ship-parcel']);
  for (const { name, bytes, startBytes } of bundles) {
    const files = filesBelow(join(folder, 'dist/functions', name));
    const wanted = Object.values(files).flatMap((code) =>
      [...code.matchAll(/(?:from|import\(?)\s*"\.\/([^"]+)"/g)].map(([, file]) => file),
    );
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['index.mjs', ...wanted]));
    expect(bytes).toBe(Object.values(files).reduce((sum, code) => sum + Buffer.byteLength(code), 0));
    expect(startBytes).toBeLessThan(bytes);
  }
});

it('gives the same bytes each time, with nothing of this machine in them', async () => {
  const folder = parcelsCopy();
  await bundleService(folder);
  const first = filesBelow(join(folder, 'dist'));
  const other = parcelsCopy();
  await bundleService(other);

  expect(filesBelow(join(other, 'dist'))).toEqual(first);
  expect(Object.values(first).join()).not.toContain(join(import.meta.dirname, '../..'));
});

it('writes what changed and leaves the rest alone', async () => {
  const folder = parcelsCopy();
  const bundler = await openBundler(folder);
  await bundler.build();
  const task = join(folder, 'dist/functions/ship-parcel/index.mjs');
  const before = statSync(task, { bigint: true }).mtimeNs;
  const api = join(folder, 'src/functions/api.ts');
  writeFileSync(api, readFileSync(api, 'utf8').replace('items: []', "items: ['another']"));
  const { bundles } = await bundler.build();
  await bundler.close();

  expect(filesBelow(join(folder, 'dist/functions/api'))['index.mjs']).toContain('another');
  expect(bundles.map(({ name, changed }) => [name, changed])).toEqual([
    ['api', true],
    ['on-order-confirmed', false],
    ['relay', false],
    ['ship-parcel', false],
  ]);
  expect(statSync(task, { bigint: true }).mtimeNs).toBe(before);
});

it('leaves nothing of a function that is gone', async () => {
  const folder = parcelsCopy();
  writeFileSync(join(folder, 'src/functions/old.ts'), 'export const handler = async () => 1;');
  await bundleService(folder);
  rmSync(join(folder, 'src/functions/old.ts'));
  await bundleService(folder);

  expect(Object.keys(filesBelow(join(folder, 'dist/functions'))).some((path) => path.startsWith('old'))).toBe(
    false,
  );
});

it('refuses two functions of one name', async () => {
  const folder = parcelsCopy();
  writeFileSync(join(folder, 'src/functions/ship-parcel.ts'), 'export const handler = async () => 1;');

  await expect(bundleService(folder)).rejects.toThrow(/Two functions are called ship-parcel: .*Rename one/);
});

it('says where a source does not bundle', async () => {
  const folder = parcelsCopy();
  writeFileSync(join(folder, 'src/functions/api.ts'), "import './nowhere.js';");

  await expect(bundleService(folder)).rejects.toMatchObject({
    name: 'UserError',
    message: expect.stringMatching(/nowhere[\s\S]*src\/functions\/api\.ts:1/),
  });
});

it('carries no languages of zod and no half of Node in its HTTP client', async () => {
  const folder = parcelsCopy();
  const { metafile } = await bundleService(folder);
  const inputs = Object.keys(metafile.inputs).join('\n');

  expect(inputs).toContain('zod/v4/mini');
  expect(inputs).not.toContain('zod/v4/locales/');
  expect(Object.values(filesBelow(join(folder, 'dist/functions'))).join()).not.toMatch(
    /from"(?:node:)?http"/,
  );
});
