import { lintSource } from '@secretlint/core';
import { creator as recommended } from '@secretlint/secretlint-rule-preset-recommend';

/** A line that looks like a secret and is none. */
export interface SecretException {
  readonly file: string;
  /** What the scanner calls it, for example `BasicAuth`. */
  readonly finding: string;
  readonly reason: string;
}

export interface SecretFinding {
  readonly file: string;
  readonly line: number;
  readonly finding: string;
}

const rule = {
  id: '@secretlint/secretlint-rule-preset-recommend',
  rule: recommended,
  // An access key's id alone is worth a look: its secret is seldom far.
  rules: [{ id: '@secretlint/secretlint-rule-aws', options: { enableIDScanRule: true } }],
};

/** What looks like a credential in a text. Never tells the text itself: it would stand in a log. */
export async function secretsIn(file: string, content: string): Promise<SecretFinding[]> {
  const extension = /\.[^./]*$/.exec(file)?.[0] ?? '';
  const { messages } = await lintSource({
    source: { filePath: file, content, ext: extension, contentType: 'text' },
    options: { config: { rules: [rule] }, maskSecrets: true },
  });
  // AWS counts account ids as identifiers, not as secrets: they stand in every ARN.
  const secrets = messages.filter(({ messageId }) => messageId !== 'AWSAccountID');
  return secrets.map(({ messageId, loc }) => ({ file, line: loc.start.line, finding: messageId }));
}

/** Findings without an exception, and exceptions without a finding. */
export function secretFindings(
  found: readonly SecretFinding[],
  exceptions: readonly SecretException[],
): string[] {
  const covers = (exception: SecretException) => (one: SecretFinding) =>
    exception.file === one.file && exception.finding === one.finding;
  return [
    ...found
      .filter((one) => !exceptions.some((exception) => covers(exception)(one)))
      .map(({ file, line, finding }) => `${file}:${line} looks like a secret (${finding})`),
    ...exceptions
      .filter((exception) => !found.some(covers(exception)))
      .map(({ file, finding }) => `${file} is excepted in vain (${finding})`),
  ];
}
