import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { manifestName, signatureName, writeManifest } from '../../src/release/manifest.js';
import { signRelease } from '../../src/release/signature.js';
import { verifyRelease } from '../../src/release/verify-release.js';
import { commit, folderOf, keyInMemory } from './builders.js';

const files = {
  'templates/dev/shop.template.json': '{"Resources":{}}\n',
  'assets/f00d.zip': 'zip',
  'site/index.html': '<!doctype html>',
  'sbom.cdx.json': '{}',
};

async function setup() {
  const folder = folderOf(files);
  const key = keyInMemory();
  const manifest = writeManifest(folder, { commit, accounts: { dev: '100000000002' } });
  await signRelease(folder, key);
  return { folder, key, manifest, at: (path: string) => join(folder, path) };
}

describe('a release', () => {
  it('is taken as it was signed', async () => {
    const { folder, key, manifest } = await setup();

    await expect(verifyRelease(folder, { key, commit })).resolves.toEqual(manifest);
  });

  it.each(Object.keys(files))('is refused when one byte of %s was flipped', async (path) => {
    const { folder, key, at } = await setup();
    const bytes = readFileSync(at(path));
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    writeFileSync(at(path), bytes);

    await expect(verifyRelease(folder, { key, commit })).rejects.toThrow(`${path} was changed`);
  });

  it('is refused when a file is gone', async () => {
    const { folder, key, at } = await setup();
    rmSync(at('assets/f00d.zip'));

    await expect(verifyRelease(folder, { key, commit })).rejects.toThrow('assets/f00d.zip is gone');
  });

  it('is refused when a file was added', async () => {
    const { folder, key, at } = await setup();
    writeFileSync(at('site/extra.js'), 'alert(1)');

    await expect(verifyRelease(folder, { key, commit })).rejects.toThrow('site/extra.js was added');
  });

  it('is refused when another key signed it', async () => {
    const { folder, key } = await setup();
    await signRelease(folder, keyInMemory());

    await expect(verifyRelease(folder, { key, commit })).rejects.toThrow('another key signed it');
  });

  it('is refused for another commit', async () => {
    const { folder, key } = await setup();

    await expect(verifyRelease(folder, { key, commit: 'f'.repeat(40) })).rejects.toThrow(
      'The release is of commit c0ffee000000, and ffffffffffff is being released.',
    );
  });

  it('is refused when its manifest was made again for what was changed', async () => {
    const { folder, key, at } = await setup();
    writeFileSync(at('site/index.html'), '<script>');
    writeManifest(folder, { commit, accounts: { dev: '100000000002' } });

    await expect(verifyRelease(folder, { key, commit })).rejects.toThrow('The manifest is not what');
  });

  it('is refused when its manifest bears another name', async () => {
    const { folder, key, at } = await setup();
    const manifest = JSON.parse(readFileSync(at(manifestName), 'utf8'));
    writeFileSync(at(manifestName), JSON.stringify({ ...manifest, release: '000000000000' }));

    await expect(verifyRelease(folder, { key, commit })).rejects.toThrow('calls itself 000000000000');
  });

  it('is refused when its manifest says more than it may, or is cut short', async () => {
    const { folder, key, at } = await setup();
    const text = readFileSync(at(manifestName), 'utf8');
    appendFileSync(at(manifestName), 'x');
    await expect(verifyRelease(folder, { key, commit })).rejects.toThrow('is no manifest of a release');
    writeFileSync(at(manifestName), text.replace('"version"', '"more": 1, "version"'));

    await expect(verifyRelease(folder, { key, commit })).rejects.toThrow('is no manifest of a release');
  });

  it('is refused without a signature, and without a manifest', async () => {
    const { folder, key, at } = await setup();
    rmSync(at(signatureName));
    await expect(verifyRelease(folder, { key, commit })).rejects.toThrow('`pnpm gate sign`');
    rmSync(at(manifestName));

    await expect(verifyRelease(folder, { key, commit })).rejects.toThrow('`pnpm gate package`');
  });
});
