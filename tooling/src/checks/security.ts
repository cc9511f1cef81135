import { join } from 'node:path';
import { root } from '../paths.js';
import { tool } from '../process.js';
import { securityVenv } from '../security-venv.js';
import { add, type Check, type CheckContext, type Tally } from './check.js';
import { whole } from './whole.js';

const sources = ['services', 'packages', 'infra', 'pipeline', 'tooling', 'tests'].map(
  (folder) => `${folder}/**/*.{ts,tsx,mts,mjs,cjs,js}`,
);
const pythonSources = ['packages/local-cloud/extension/shipline_cloud', 'packages/local-cloud/src'];

/** Security rules over every source: eslint-plugin-security on TypeScript, bandit (from `medium` on) on Python. */
export const staticAnalysis: Check = {
  name: 'static-analysis',
  title: 'Static analysis: eslint-plugin-security, bandit',
  slow: true,
  run: async (context) => add(await typescript(context), await python(context)),
};

function typescript(context: CheckContext): Promise<Tally> {
  const config = join(root, 'tooling/lint/security.eslint.config.mjs');
  return whole(tool('eslint'), ['--config', config, '--max-warnings', '0', ...sources], context);
}

async function python(context: CheckContext): Promise<Tally> {
  const { bin } = await securityVenv(context.show);
  const args = ['--quiet', '--severity-level', 'medium', '--recursive', ...pythonSources];
  return whole(join(bin, 'bandit'), args, context);
}
