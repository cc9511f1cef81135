import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeOf } from '../../src/deploy/released-code.js';
import { sha256Of, writeManifest } from '../../src/release/manifest.js';
import { folderOf } from '../release/builders.js';

const path = 'assets/code.zip';
const template = {
  Resources: {
    Api: { Properties: { Code: `../../${path}` } },
    Other: { Properties: { Code: '../../assets/other.zip' } },
  },
};

function setup() {
  const releaseFolder = folderOf({ [path]: 'code', 'templates/prod/orders.template.json': '{}' });
  writeManifest(releaseFolder, { commit: 'c'.repeat(40), accounts: {} });
  const templateFile = join(releaseFolder, 'templates/prod/orders.template.json');
  return { releaseFolder, templateFile, stackName: 'shipline-prod-orders' };
}

describe('the code of a function', () => {
  it('is what the manifest of its release says', () => {
    const { sha256, bytes } = codeOf(setup(), template, 'Api');

    expect(sha256).toBe(sha256Of('code'));
    expect(bytes().toString()).toBe('code');
  });

  it('is none that was changed afterwards', () => {
    const stack = setup();
    writeFileSync(join(stack.releaseFolder, path), 'planted');

    expect(codeOf(stack, template, 'Api').bytes).toThrow(`${path} is not what the manifest`);
  });

  it('is none that the manifest does not know', () => {
    const stack = setup();
    writeFileSync(join(stack.releaseFolder, 'assets/other.zip'), 'planted');

    expect(() => codeOf(stack, template, 'Other')).toThrow('knows no assets/other.zip, which Other of');
  });
});
