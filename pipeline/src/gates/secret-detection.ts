import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '@shipline/tooling/paths';
import { run } from '@shipline/tooling/process';
import { secretExceptions } from '../release/secret-exceptions.js';
import { type SecretFinding, secretFindings, secretsIn } from '../release/secrets.js';
import { type Gate, GateShut } from './gate.js';

/** No credential in any tracked file. One that was ever pushed is known: it has to be rolled, not only removed. */
export const secretDetection: Gate = {
  title: 'Secrets in tracked files',
  performs: ['secret-detection'],
  deployed: false,
  async run({ progress }) {
    const files = await trackedFiles();
    const found: SecretFinding[] = [];
    for (const [file, text] of files) found.push(...(await secretsIn(file, text)));
    const findings = secretFindings(found, secretExceptions);
    if (findings.length > 0)
      throw new GateShut(
        `${findings.join('; ')}. Roll what is real; what is not gets a reason in pipeline/src/release/secret-exceptions.ts.`,
      );
    progress.note(`${files.length} files`);
  },
};

/** Path and text of everything that git knows; pictures and the like have no text. */
async function trackedFiles(): Promise<(readonly [string, string])[]> {
  const { code, output } = await run('git', ['ls-files', '-z']);
  if (code !== 0) throw new GateShut('This folder is no git repository: let the engine clone it.');
  return output
    .split('\0')
    .filter((file) => file !== '' && existsSync(join(root, file)))
    .map((file) => [file, readFileSync(join(root, file))] as const)
    .filter(([, bytes]) => !bytes.includes(0))
    .map(([file, bytes]) => [file, bytes.toString('utf8')] as const);
}
