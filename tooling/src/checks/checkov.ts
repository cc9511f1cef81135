import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentNames } from '@shipline/infra';
import * as z from 'zod';
import { root } from '../paths.js';
import { run } from '../process.js';
import { securityVenv } from '../security-venv.js';
import { nagReasonsIn, tooManyReasons } from './accepted-reasons.js';
import type { Check } from './check.js';
import { assembliesOf, everyTemplate } from './templates.js';

/** Findings that are lived with: each names its check, its resources one by one, and the reason. */
const Suppressions = z.array(
  z.strictObject({
    check: z.string().regex(/^CKV2?_AWS_\d+$/),
    reason: z.string().min(30),
    /** `<type>.<logical id>`: no patterns. */
    resources: z.array(z.string().regex(/^AWS::[\w:]+\.\w+$/)).min(1),
  }),
);
export type Suppression = z.infer<typeof Suppressions>[number];

const Report = z.looseObject({
  summary: z.looseObject({ parsing_errors: z.literal(0), passed: z.int().positive() }),
  results: z.looseObject({
    failed_checks: z.array(
      z.looseObject({ check_id: z.string(), check_name: z.string(), resource: z.string() }),
    ),
  }),
});
type Finding = z.infer<typeof Report>['results']['failed_checks'][number];

/** checkov's rules on every template of every environment, and of the accounts that release them. */
export const checkov: Check = {
  name: 'checkov',
  title: 'Templates: checkov',
  slow: true,
  async run({ env, show }) {
    const { bin } = await securityVenv(show);
    const files = await everyTemplate(environmentNames);
    // Offline: nothing is downloaded, and nobody is told.
    const options = [
      '--framework',
      'cloudformation',
      '--skip-download',
      '--quiet',
      '--compact',
      '-o',
      'json',
    ];
    const { output } = await run(join(bin, 'checkov'), [...options, '--file', ...files], { env });
    const wrong = unsuppressed(findingsIn(output), suppressions());
    const accepted = suppressions().map(({ reason }) => reason);
    const many = tooManyReasons(new Set([...accepted, ...nagReasonsIn(assembliesOf(environmentNames))]));
    for (const line of [...wrong, ...many]) show(line);
    return { passed: files.length, failed: wrong.length + (many.length > 0 ? 1 : 0) };
  },
};

export const suppressions = () =>
  Suppressions.parse(JSON.parse(readFileSync(join(root, 'tooling/checkov-suppressions.json'), 'utf8')));

/** @throws for what is no report of a scan that read everything. */
export const findingsIn = (output: string): Finding[] =>
  Report.parse(JSON.parse(output.slice(output.indexOf('{')))).results.failed_checks;

/** Findings that nobody has accepted, and what is accepted in vain. */
export function unsuppressed(findings: readonly Finding[], accepted: readonly Suppression[]): string[] {
  const pairs = new Set(
    accepted.flatMap(({ check, resources }) => resources.map((one) => `${check} ${one}`)),
  );
  const found = new Map(
    findings.map(({ check_id: check, check_name: name, resource }) => [`${check} ${resource}`, name]),
  );
  return [
    ...[...found].filter(([pair]) => !pairs.has(pair)).map(([pair, name]) => `${pair}: ${name}`),
    ...[...pairs].filter((pair) => !found.has(pair)).map((pair) => `${pair} is accepted in vain`),
  ];
}
