import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { packageRelease } from '../../src/release/package-release.js';
import type { Template } from '../../src/release/templates.js';
import { commit, folderOf } from './builders.js';

const stack = (metadata: Record<string, unknown>, type = 'AWS::Lambda::Function') => ({
  Resources: {
    Fn: { Type: type, Properties: { Code: { S3Bucket: 'b', S3Key: 'k' } }, Metadata: metadata },
    Role: { Type: 'AWS::IAM::Role' },
  },
});
const bundled = { 'aws:asset:path': 'asset.1', 'aws:asset:property': 'Code', SkipBuild: true };

/** A repository after its build, with one stack per environment. */
function setup({ template = stack(bundled), time = 0 }: { template?: Template; time?: number } = {}) {
  const assembly = (name: string) => ({
    [`out/${name}/manifest.json`]: JSON.stringify({
      artifacts: {
        shop: { type: 'aws:cloudformation:stack', properties: { templateFile: 'shop.template.json' } },
      },
    }),
    [`out/${name}/shop.template.json`]: JSON.stringify(template),
    [`out/${name}/asset.1/index.mjs`]: 'export {}',
    [`out/${name}/asset.1/chunk.mjs`]: '1',
  });
  const root = folderOf({
    ...assembly('dev'),
    ...assembly('prod'),
    'services/storefront/dist/index.html': '<!doctype html>',
    'packages/contracts/dist/openapi.json': '{}',
    'packages/contracts/dist/events.json': '{}',
    'services/payment-sandbox/template.yaml': 'Resources:\n  Api:\n    CodeUri: dist/api\n',
    'services/payment-sandbox/dist/api/index.mjs': 'export {}',
  });
  utimesSync(join(root, 'out/dev/asset.1/index.mjs'), time, time);
  const environments = [
    {
      environment: {
        name: 'dev',
        account: '100000000002',
        gateway: { kind: 'sandbox', publishableKey: 'pk' },
      },
      assembly: join(root, 'out/dev'),
    },
    {
      environment: {
        name: 'prod',
        account: '100000000004',
        gateway: { kind: 'stripe', publishableKey: 'pk' },
      },
      assembly: join(root, 'out/prod'),
    },
  ] as const;
  const folder = join(root, '.shipline/release');
  return { folder, pack: () => packageRelease({ root, commit, environments }, folder) };
}

describe('packaging', () => {
  it('collects templates, each zip once, the site and the sandbox where there is one', () => {
    const { pack } = setup();

    const paths = pack().files.map(({ path }) => path.replace(/[0-9a-f]{64}/, '<digest>'));

    expect(paths).toEqual([
      'assets/<digest>.zip',
      'assets/<digest>.zip',
      'site/api/events.json',
      'site/api/openapi.json',
      'site/index.html',
      'templates/dev/shipline-dev-payment-sandbox.template.yaml',
      'templates/dev/shop.template.json',
      'templates/prod/shop.template.json',
    ]);
  });

  it('lets templates name their zips by paths that lead to them', () => {
    const { folder, pack } = setup();
    pack();

    const place = join(folder, 'templates/dev');
    const { Resources } = JSON.parse(readFileSync(join(place, 'shop.template.json'), 'utf8'));
    const yaml = readFileSync(join(place, 'shipline-dev-payment-sandbox.template.yaml'), 'utf8');

    expect(Resources.Fn.Metadata).toEqual({ SkipBuild: true });
    const zip = unzipSync(readFileSync(join(place, Resources.Fn.Properties.Code)));
    expect(Object.keys(zip)).toEqual(['chunk.mjs', 'index.mjs']);
    const [, code = ''] = /CodeUri: (\S+)/.exec(yaml) ?? [];
    expect(Object.keys(unzipSync(readFileSync(join(place, code))))).toEqual(['index.mjs']);
  });

  it('gives the same bytes in another folder, at another time, in another zone', () => {
    const first = setup({ time: 1_000_000_000 }).pack();
    const zone = process.env['TZ'];
    process.env['TZ'] = 'Asia/Kathmandu';
    const second = setup({ time: 1_700_000_000 }).pack();
    process.env['TZ'] = zone ?? 'UTC';

    expect(second).toEqual(first);
  });

  it('leaves nothing of an older release', () => {
    const { folder, pack } = setup();
    mkdirSync(join(folder, 'assets'), { recursive: true });
    writeFileSync(join(folder, 'assets/old.zip'), 'old');

    expect(pack().files.map(({ path }) => path)).not.toContain('assets/old.zip');
  });

  it('refuses an asset that is no function’s code', () => {
    const { pack } = setup({ template: stack(bundled, 'AWS::Lambda::LayerVersion') });

    expect(pack).toThrow('Fn (AWS::Lambda::LayerVersion) has an asset that no release knows how to carry.');
  });
});
