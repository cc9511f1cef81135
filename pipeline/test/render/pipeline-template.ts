import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { pipelineStackName } from '../../src/accounts/names.js';
import { placeholderSettings } from '../../src/render/codepipeline/settings.js';
import { pipelineApp } from '../../src/render/codepipeline/synthesize.js';
import type { Template } from './read-codepipeline.js';

/** The stack of the tools account and its template, with placeholder accounts. */
export function synthesizePipeline(source?: string) {
  const outdir = mkdtempSync(join(tmpdir(), 'shipline-pipeline-'));
  const settings = placeholderSettings(source);
  const stack = pipelineApp(settings, { outdir });
  App.of(stack)?.synth();
  const text = readFileSync(join(outdir, `${pipelineStackName}.template.json`), 'utf8');
  rmSync(outdir, { recursive: true });
  const ids = [...Object.entries(settings.accounts), ['tools', settings.tools.account]];
  const accounts = Object.fromEntries(ids.map(([name = '', id = '']) => [id, name])) as Record<
    string,
    string
  >;
  return { stack, template: JSON.parse(text) as Template, accounts };
}
