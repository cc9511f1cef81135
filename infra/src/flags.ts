import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** What the CLI tells the app by its own settings; whoever runs the app without it must get the same bytes. */
const settings = {
  'aws:cdk:enable-asset-metadata': true,
  'aws:cdk:enable-path-metadata': false,
  // They hold paths of the machine, and cost half of the time.
  'aws:cdk:disable-stack-trace': true,
  'aws:cdk:disable-creation-stack-traces': true,
} as const;

/** The feature flags of cdk.json and the settings above: the context of every synthesis. */
export const context = (): Record<string, unknown> => {
  const file = resolve(import.meta.dirname, '../cdk.json');
  return { ...(JSON.parse(readFileSync(file, 'utf8')) as { context: object }).context, ...settings };
};
