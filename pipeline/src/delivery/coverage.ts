import type { Gate } from '../gates/gate.js';
import type { GateName } from '../gates/gate-names.js';
import { deploymentPipelineActions, type PipelineAction } from './actions.js';
import type { Delivery, Stage } from './stage.js';

/** What performs an action, in a few words, and a file that shows it; gates are found on the road. */
export interface Performer {
  readonly by: string;
  /** Path in the repository. */
  readonly file: string;
}

type Unstaged = Extract<PipelineAction, `${'local' | 'source'}/${string}`>;

/** Before the road begins there are no gates: what is in the repository performs these. */
export const performedBefore: Readonly<Record<Unstaged, Performer>> = {
  'local/pre-commit-hooks': {
    by: '`pnpm hooks`: format, lint and secrets of what is staged',
    file: '.githooks/pre-commit',
  },
  'local/ide-plugins': { by: 'recommended extensions', file: '.vscode/extensions.json' },
  'source/application-code': { by: 'one folder per service', file: 'services' },
  'source/test-code': { by: 'beside each package, and of what is deployed', file: 'tests' },
  'source/infrastructure-code': { by: 'the CDK app, the sandbox’s SAM template', file: 'infra' },
  'source/static-assets': { by: 'the storefront and its pictures', file: 'services/storefront' },
  'source/dependency-manifests': { by: 'exact versions, and hashes of Python’s', file: 'pnpm-lock.yaml' },
  'source/static-configuration': {
    by: 'all that differs between environments',
    file: 'infra/src/environments.ts',
  },
  'source/database-source': { by: 'tables and their indexes', file: 'infra/src/tables.ts' },
};

/** What performs each of the 34 actions on a road; nothing where nobody does. */
export function coverage(
  { stages }: Delivery,
  gates: Readonly<Record<GateName, Pick<Gate, 'performs'>>>,
): ReadonlyMap<PipelineAction, readonly string[]> {
  const actions = Object.keys(deploymentPipelineActions) as PipelineAction[];
  return new Map(
    actions.map((action) => {
      const before = performedBefore[action as Unstaged] as Performer | undefined;
      return [
        action,
        before ? [`${before.by} (\`${before.file}\`)`] : performersOf(action, stages, gates),
      ] as const;
    }),
  );
}

function performersOf(
  action: PipelineAction,
  stages: readonly Stage[],
  gates: Readonly<Record<GateName, Pick<Gate, 'performs'>>>,
): string[] {
  const [reference, name] = action.split('/');
  const there = stages.filter((stage) => stage.reference === reference);
  const names = there.flatMap(({ jobs }) => jobs.flatMap((job) => job.gates));
  const performing = [...new Set(names)].filter((gate) =>
    (gates[gate].performs as readonly string[]).includes(name ?? ''),
  );
  return performing.map((gate) => `\`${gate}\``);
}

/** The table of docs/delivery.md. */
export function coverageTable(performers: ReturnType<typeof coverage>): string {
  const rows = [...performers].map(([action, by]) => [
    action,
    deploymentPipelineActions[action],
    by.join(', '),
  ]);
  const all = [['action', '', 'performed by'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = all;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}
