import { mustRun } from '@shipline/tooling/process';
import { type SecretException, secretFindings, secretsIn } from './secrets.js';

/**
 * What looks like a credential in what a repository would commit now: the index, not the files, which may differ.
 * @returns a sentence for each finding.
 */
export async function stagedSecrets(
  repository: string,
  exceptions: readonly SecretException[],
): Promise<string[]> {
  const git = (...args: string[]) => mustRun(`git ${args[0]}`, 'git', args, { cwd: repository });
  const names = (await git('diff', '--cached', '--name-only', '--diff-filter=ACMR', '-z'))
    .split('\0')
    .filter(Boolean);
  const found = await Promise.all(
    names.map(async (name) => {
      const text = await git('show', `:${name}`);
      return text.includes('\0') ? [] : secretsIn(name, text);
    }),
  );
  const staged = exceptions.filter(({ file }) => names.includes(file));
  return secretFindings(found.flat(), staged);
}
