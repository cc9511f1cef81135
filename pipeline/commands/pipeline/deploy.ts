import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Values } from '@shipline/tooling/cli';
import { cdkOut } from '@shipline/tooling/paths';
import { tool, toolEnvironment } from '@shipline/tooling/process';
import { App } from 'aws-cdk-lib';
import { pipelineStackName } from '../../src/accounts/names.js';
import { placeholderSettings, settingsFrom } from '../../src/render/codepipeline/settings.js';
import { pipelineApp } from '../../src/render/codepipeline/synthesize.js';

/**
 * Deploys the pipeline itself, by somebody with rights in the tools account: the CDK shows every change and asks. No
 * job of the road runs this.
 */
export async function deployPipeline(_: readonly string[], { print, placeholders }: Values): Promise<number> {
  const outdir = cdkOut('tools');
  App.of(pipelineApp(placeholders ? placeholderSettings() : settingsFrom(process.env), { outdir }))?.synth();
  const template = join(outdir, `${pipelineStackName}.template.json`);
  if (print || placeholders) {
    console.log(readFileSync(template, 'utf8'));
    return 0;
  }
  const args = ['deploy', pipelineStackName, '--app', outdir, '--require-approval', 'any-change'];
  // It asks, so that the terminal is its own.
  const { status } = spawnSync(tool('cdk'), args, {
    stdio: 'inherit',
    env: toolEnvironment() as NodeJS.ProcessEnv,
  });
  return status ?? 1;
}
