import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildApp } from '../src/app.js';
import { BundleError } from '../src/bundles.js';
import { type EnvironmentName, environmentNames } from '../src/environment.js';
import { EnvironmentError, environment, inputsFrom, placeholderInputs } from '../src/environments.js';

/**
 * Run by the CDK CLI (`cdk synth -c env=dev`), or faster without it (`tsx infra/bin/app.ts dev staging`), which writes
 * to `cdk.out/dev` and `cdk.out/staging`, or into the folder that `SHIPLINE_ASSEMBLIES` names. Every environment after
 * the first takes a fraction of its time: the CDK is loaded and its validation is warm. With the context
 * `placeholders=true`, or `--placeholders`, no account ids are needed: the templates can be checked, and deployed
 * nowhere.
 */
const context = JSON.parse(process.env['CDK_CONTEXT_JSON'] ?? '{}') as Record<string, unknown>;
const {
  positionals,
  values: { placeholders },
} = parseArgs({
  allowPositionals: true,
  options: { placeholders: { type: 'boolean', default: String(context['placeholders']) === 'true' } },
});
const assemblies =
  process.env['SHIPLINE_ASSEMBLIES'] ?? join(resolve(import.meta.dirname, '../..'), 'cdk.out');

try {
  for (const name of inOrder(positionals.length > 0 ? positionals : [context['env']])) {
    const data = environment(name, placeholders ? placeholderInputs : inputsFrom(process.env));
    buildApp(data, { outdir: process.env['CDK_OUTDIR'] ?? join(assemblies, name) }).app.synth();
  }
} catch (error) {
  if (!(error instanceof EnvironmentError || error instanceof BundleError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

/** Prod first: the CDK sets its validation up for the resource types that it meets, and again where a later app has more. */
function inOrder(requested: readonly unknown[]): EnvironmentName[] {
  const known: readonly unknown[] = environmentNames;
  if (requested.every((name) => known.includes(name)))
    return environmentNames.toReversed().filter((name) => requested.includes(name));
  throw new EnvironmentError(`Say which environment: ${environmentNames.join(', ')}.`);
}
