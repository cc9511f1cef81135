import { join, resolve } from 'node:path';
import { buildApp } from '../src/app.js';
import { BundleError } from '../src/bundles.js';
import { environmentNames } from '../src/environment.js';
import { EnvironmentError, environment, inputsFrom, placeholderInputs } from '../src/environments.js';

/**
 * Run by the CDK CLI (`cdk synth -c env=dev`), or faster without it (`tsx infra/bin/app.ts dev`), which writes
 * to `cdk.out/dev`. With the context `placeholders=true`, or `--placeholders`, no account ids are needed: the
 * templates can be checked, and deployed nowhere.
 */
const context = JSON.parse(process.env['CDK_CONTEXT_JSON'] ?? '{}') as Record<string, unknown>;
const [requested = context['env'], option = ''] = process.argv.slice(2);
const placeholders = option === '--placeholders' || String(context['placeholders']) === 'true';

try {
  const name = environmentNames.find((known) => known === requested);
  if (!name) throw new EnvironmentError(`Say which environment: ${environmentNames.join(', ')}.`);
  const data = environment(name, placeholders ? placeholderInputs : inputsFrom(process.env));
  const outdir = process.env['CDK_OUTDIR'] ?? join(resolve(import.meta.dirname, '../..'), 'cdk.out', name);
  buildApp(data, { outdir }).app.synth();
} catch (error) {
  if (!(error instanceof EnvironmentError || error instanceof BundleError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
