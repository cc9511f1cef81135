import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureVenv } from '@shipline/local-cloud';
import { root } from '@shipline/tooling/paths';
import { run, toolEnvironment } from '@shipline/tooling/process';
import * as z from 'zod/mini';

/**
 * Of Schemathesis' own checks those that are about holes. Not `positive_data_acceptance`: a SKU may be well formed
 * and not exist. Not `unsupported_method`: API Gateway and CloudFront answer 404 and 403 where it demands 405.
 */
const checks = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
  'negative_data_rejection',
  'missing_required_header',
  'ignored_auth',
  'tells_browsers_what_to_do',
  'tells_nothing_of_its_inside',
  'refuses_by_problem_documents',
] as const;

const Report = z.object({
  operations: z.object({ tested: z.int(), total: z.int() }),
  test_cases: z.object({ generated: z.int() }),
  failures: z.array(z.object({ title: z.string(), operations: z.array(z.unknown()) })),
  errors: z.array(z.object({ title: z.string() })),
});

export interface Scan {
  readonly operations: number;
  readonly requests: number;
  /** A sentence for each kind of hole. */
  readonly holes: readonly string[];
}

export interface ScanOptions {
  /** URL of the OpenAPI document. */
  readonly document: string;
  readonly origin: string;
  readonly accessToken: string;
  /** Requests per operation and kind of data. */
  readonly examples: number;
  /** Folder for what people read afterwards. */
  readonly reports: string;
  readonly note: (line: string) => void;
}

/** Sends every operation of an API what its OpenAPI allows and forbids, and looks at each answer. */
export async function scan(options: ScanOptions): Promise<Scan> {
  const { document, origin, accessToken, examples, reports, note } = options;
  mkdirSync(reports, { recursive: true });
  const venv = await ensureVenv({
    name: 'api-security',
    title: 'Schemathesis',
    requirementsFile: join(root, 'tooling/python/api-security.lock'),
    log: note,
  });
  const report = join(reports, 'api-security.json');
  const args = [
    ...['--no-color', 'run', document, '--url', origin, '--checks', checks.join(',')],
    ...['--header', `Authorization: Bearer ${accessToken}`],
    // The stages run the same requests: what a release did not change is not found one day and missed the next.
    ...['--phases', 'coverage,fuzzing', '--max-examples', String(examples), '--seed', '1'],
    ...['--generation-database', 'none', '--no-shrink', '--continue-on-failure', '--workers', '2'],
    ...['--report', 'json', '--report-json-path', report],
  ];
  const { code, output } = await run(join(venv.bin, 'schemathesis'), args, {
    // Where it keeps what it has found.
    cwd: reports,
    env: toolEnvironment({ SCHEMATHESIS_HOOKS: 'response_checks', PYTHONPATH: import.meta.dirname }),
  });
  const found = scanFrom(JSON.parse(readFileSync(report, 'utf8')));
  if (code !== 0) note(output);
  if (code !== 0 && found.holes.length === 0) throw new Error(`Schemathesis ended with ${code}.`);
  return found;
}

/** What a report of Schemathesis says; an operation that could not be tested is a hole as well. */
export function scanFrom(report: unknown): Scan {
  const { operations, test_cases: cases, failures, errors } = Report.parse(report);
  const untested = operations.total - operations.tested;
  return {
    operations: operations.tested,
    requests: cases.generated,
    holes: [
      ...failures.map(({ title, operations: where }) => `${title}: ${where.map(nameOf).join(', ')}`),
      ...errors.map(({ title }) => `Not tested: ${title}`),
      ...(untested > 0 ? [`${untested} of ${operations.total} operations were not tested`] : []),
    ],
  };
}

const nameOf = (operation: unknown) =>
  typeof operation === 'string' ? operation : JSON.stringify(operation);
