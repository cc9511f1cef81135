import * as z from 'zod';
import { GateShut } from '../gates/gate.js';
import type { Bill } from './bill-of-materials.js';
import { pnpm } from './pnpm.js';

const severities = ['info', 'low', 'moderate', 'high', 'critical'] as const;

const Advisory = z.looseObject({
  github_advisory_id: z.string(),
  module_name: z.string(),
  title: z.string(),
  severity: z.enum(severities),
  url: z.string(),
  patched_versions: z.string().optional(),
  findings: z.array(z.looseObject({ version: z.string(), paths: z.array(z.string()) })),
});
const AuditReport = z.looseObject({
  advisories: z.record(z.string(), Advisory),
  metadata: z.looseObject({ dependencies: z.number() }),
});

export interface Audit {
  readonly advisories: readonly Advisory[];
  /** How many packages that ship the registry was asked about. */
  readonly shipped: number;
}

/** A known vulnerability of a package in the lockfile. */
export type Advisory = z.infer<typeof Advisory>;

/** A vulnerability that the shop lives with for a while. */
export interface AuditException {
  /** `GHSA-…` */
  readonly advisory: string;
  /** Why it cannot hurt here, so that a reviewer can judge it. */
  readonly reason: string;
  /** Day (YYYY-MM-DD) after which it no longer holds. */
  readonly until: string;
}

/**
 * What the registry knows about the lockfile's packages, those of the build included: a tool that is taken over makes
 * what ships.
 * @throws {GateShut} when the registry does not tell.
 */
export async function audit(registry?: string): Promise<Audit> {
  const options = registry === undefined ? [] : ['--registry', registry];
  const { stdout, stderr } = await pnpm(['audit', '--json', ...options]);
  const report = AuditReport.safeParse(jsonOrNothing(stdout));
  if (report.success)
    return {
      advisories: Object.values(report.data.advisories),
      shipped: report.data.metadata.dependencies,
    };
  throw new GateShut(
    `The package registry did not say which vulnerabilities it knows (${firstLine(stderr || stdout)}): use a registry with the audit endpoint. On a laptop without one, SHIPLINE_AUDIT=not-done goes on and reports the audit as not done.`,
  );
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // An error is told in prose.
    return undefined;
  }
}

const firstLine = (text: string) =>
  text
    .split('\n')
    .find((line) => line.trim() !== '')
    ?.trim() ?? 'no answer';

/** @throws {GateShut} when what the bill lists was not all asked about. */
export function refusePartialAudit({ shipped }: Audit, { components }: Pick<Bill, 'components'>): void {
  if (shipped >= components.length) return;
  throw new GateShut(
    `The registry was asked about ${shipped} packages, and the bill of materials lists ${components.length}: the audit read another lockfile.`,
  );
}

/** What stays shut over it: advisories from `high` on without an exception that still holds, and exceptions in vain. */
export function auditFindings(
  advisories: readonly Advisory[],
  exceptions: readonly AuditException[],
  today: string,
): string[] {
  const serious = advisories.filter(
    ({ severity }) => severities.indexOf(severity) >= severities.indexOf('high'),
  );
  const isKnown = ({ advisory }: AuditException) =>
    serious.some(({ github_advisory_id: id }) => id === advisory);
  return [
    ...serious.flatMap((advisory) => {
      const exception = exceptions.find(({ advisory: id }) => id === advisory.github_advisory_id);
      if (exception && exception.until >= today) return [];
      return [`${sentenceOf(advisory)}${exception ? `; its exception ended on ${exception.until}` : ''}`];
    }),
    ...exceptions
      .filter((exception) => !isKnown(exception))
      .map(({ advisory }) => `${advisory} is excepted in vain`),
  ];
}

const sentenceOf = ({
  severity,
  module_name: name,
  findings,
  title,
  url,
  patched_versions: mended,
}: Advisory) =>
  `${severity}: ${name} ${findings.map(({ version }) => version).join(', ')}: ${title} (${url}), mended in ${mended ?? 'no version yet'}`;
