import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import flags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import { environmentNames } from '../src/environment.js';
import { context } from '../src/flags.js';
import { renderSamConfig } from '../src/sam-config.js';
import { synthesisOf, synthesize } from './synthesis.js';

const repository = resolve(import.meta.dirname, '../..');

describe('a synthesis', () => {
  it('gives the same bytes for the same input, wherever it is written', () => {
    const first = synthesisOf('local');
    const second = synthesize(first.environment);
    expect(second.files).toEqual(first.files);
  });

  it('has every feature flag that the CDK recommends', () => {
    expect(context()).toMatchObject(flags);
  });
});

describe('samconfig.toml', () => {
  it('is what the environments render (`pnpm --filter infra render`)', () => {
    expect(readFileSync(join(repository, 'samconfig.toml'), 'utf8')).toBe(renderSamConfig());
  });

  it('names templates that the synthesis writes', () => {
    const named = [...renderSamConfig().matchAll(/cdk\.out\/(\w+)\/([\w-]+\.template\.json)/g)];
    const files = environmentNames.flatMap((name) =>
      Object.values(synthesisOf(name).stacks).map((stack) => `${name}/${stack.templateFile}`),
    );
    expect(new Set(named.map(([, name, file]) => `${name}/${file}`))).toEqual(new Set(files));
  });

  it('has no sandbox in prod', () => {
    expect(renderSamConfig()).toContain('[staging-payment-sandbox]');
    expect(renderSamConfig()).not.toContain('[prod-payment-sandbox]');
  });
});
