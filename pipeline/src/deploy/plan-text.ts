import type { Plan, PlannedChange } from './plan-file.js';
import { doubtsAboutState } from './state-guard.js';

const signs: Readonly<Record<PlannedChange['action'], string>> = {
  Add: '+',
  Modify: '~',
  Remove: '-',
  Import: '<',
  Dynamic: '?',
};

/** One change as people read it. */
export const changeLine = ({ action, resource, type, replacement, properties }: PlannedChange) =>
  [
    `${signs[action]} ${resource} (${type})`,
    ...(properties.length > 0 ? [properties.join(', ')] : []),
    ...(replacement === 'True' ? ['is replaced'] : []),
    ...(replacement === 'Conditional' ? ['may be replaced'] : []),
  ].join(': ');

/** A plan as the person reads it who approves it. */
export function planText({ environment, release, digest, stacks, unchanged }: Plan): string {
  const doubts = doubtsAboutState(stacks);
  return [
    `# What this release does to ${environment}`,
    '',
    `Release ${release.slice(0, 12)}, plan ${digest.slice(0, 12)}.`,
    stacks.length === 0 ? 'Nothing changes.' : '',
    ...doubts.map((doubt) => `**${doubt}: the stack's policy refuses it if it does.**`),
    ...stacks.flatMap(({ stackName, operation, waitsFor, changes, permissions }) => [
      '',
      `## ${stackName}: ${operation === 'create' ? 'is created' : 'is updated'}`,
      '',
      ...(waitsFor.length > 0 ? [`After another stack has written ${waitsFor.join(', ')}.`, ''] : []),
      ...block(changes.map(changeLine)),
      ...(permissions.length > 0 ? ['', 'Permissions:', '', ...block(permissions)] : []),
    ]),
    '',
    ...(unchanged.length > 0 ? [leftAlone(unchanged, stacks.length > 0), ''] : []),
  ].join('\n');
}

/** Which values will be others nobody knows before the stacks that write them are deployed. */
const leftAlone = (unchanged: readonly string[], othersChange: boolean) =>
  `Left alone${othersChange ? ', but for what follows from values that the stacks above write anew' : ''}: ${unchanged.join(', ')}.`;

const block = (lines: readonly string[]) => ['```diff', ...lines, '```'];

/** Where two plans differ, one line each: `+` only the second has, `-` only the first. */
export function planDifferences(before: Plan, after: Plan): string[] {
  const old = new Set(linesOf(before));
  const wanted = new Set(linesOf(after));
  return [
    ...[...wanted].filter((line) => !old.has(line)).map((line) => `now: ${line}`),
    ...[...old].filter((line) => !wanted.has(line)).map((line) => `approved: ${line}`),
  ];
}

const linesOf = ({ environment, release, stacks }: Plan): string[] => [
  `environment ${environment}`,
  `release ${release.slice(0, 12)}`,
  ...stacks.flatMap(({ stackName, operation, changes, permissions, reads, waitsFor }) => [
    `${operation} ${stackName}`,
    ...changes.map((change) => `${stackName} ${changeLine(change)}`),
    ...permissions.map((line) => `${stackName} permission ${line}`),
    ...Object.entries(reads).map(([name, value]) => `${stackName} reads ${value} from ${name}`),
    ...waitsFor.map((name) => `${stackName} waits for ${name}`),
  ]),
];
