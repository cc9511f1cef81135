import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { tool } from '../src/process.js';
import { modulesOf } from './bundles.js';
import { firstEventOf } from './events.js';
import type { BenchFunction } from './functions.js';

export interface Start {
  /** Milliseconds to import the bundle in a fresh process. */
  readonly importMs: number;
  /** Milliseconds to import it and to answer its first event. */
  readonly firstMs: number;
  readonly outcome: string;
}

const script = join(import.meta.dirname, 'first-invocation.mjs');

/** One start in a fresh Node process with the function's own variables, unsampled. */
export function measureStart(fn: BenchFunction, bundle: string, endpoint: string): Promise<Start> {
  const env = {
    PATH: process.env['PATH'],
    ...fn.variables,
    // Where the default bundle finds the SDK that it leaves out, as Lambda's runtime has it.
    NODE_PATH: modulesOf(fn).join(delimiter),
    GATEWAY_URL: endpoint,
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
    AWS_LAMBDA_FUNCTION_NAME: fn.name.replace('/', '-'),
    AWS_LAMBDA_FUNCTION_VERSION: '1',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    _X_AMZN_TRACE_ID: 'Root=1-00000000-000000000000000000000000;Parent=0000000000000000;Sampled=0',
  };
  return new Promise((resolve, reject) => {
    const args = [script, pathToFileURL(bundle).href, JSON.stringify(firstEventOf(fn))];
    const child = spawn(tool('node'), args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk));
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      const last = output.trimEnd().split('\n').at(-1) ?? '';
      if (code === 0 && last.startsWith('{"importMs"')) resolve(JSON.parse(last) as Start);
      else reject(new Error(`${fn.name} did not start from ${bundle}:\n${errors.slice(-2000)}`));
    });
  });
}
