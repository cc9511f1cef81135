import { join, resolve } from 'node:path';
import { AssetStaging } from 'aws-cdk-lib';
import { buildApp } from '../src/app.js';
import { environment, inputsFrom } from '../src/environments.js';

/**
 * Synthesizes environment `local` each time that its parent process says so, and answers `undefined` or what went
 * wrong. The second time takes a second instead of six: the CDK is loaded and its validation is warm.
 */
const outdir = join(resolve(import.meta.dirname, '../..'), 'cdk.out/local');

process.on('message', () => {
  // The CDK remembers what it has hashed by path.
  AssetStaging.clearAssetHashCache();
  process.send?.({
    failure: failureOf(() => buildApp(environment('local', inputsFrom(process.env)), { outdir }).app.synth()),
  });
});
process.on('disconnect', () => process.exit());

function failureOf(synthesize: () => void): string | undefined {
  try {
    synthesize();
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}
