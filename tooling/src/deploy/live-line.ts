import type { DeploymentRow } from '../releases/deployment-row.js';

/** Most functions that one line names. */
const NAMED = 6;

export interface LiveNow {
  readonly environment: string;
  readonly stacks: number;
  readonly changed: number;
  readonly releases: readonly DeploymentRow[];
  /** Number of the storefront's release, and whether it came with this deployment. */
  readonly storefront: { readonly number: number; readonly isNew: boolean };
  readonly url: string;
}

/** The last line of a deployment that went well. */
export function liveLine({ environment, stacks, changed, releases, storefront, url }: LiveNow): string {
  const moved = movedBy(releases);
  const versions = [
    ...moved.slice(0, NAMED),
    ...(moved.length > NAMED ? [`${moved.length - NAMED} more`] : []),
  ];
  const parts = [
    `${stacks} stacks`,
    `${changed === 0 ? 'none' : changed} changed${versions.length > 0 ? ` (${versions.join(', ')})` : ''}`,
    `storefront release ${storefront.number}${storefront.isNew ? ' (new)' : ''}`,
  ];
  return `Live in ${environment}: ${parts.join(', ')}: ${url}`;
}

/** From the version before the first release of a function to that of the last one. */
function movedBy(releases: readonly DeploymentRow[]): string[] {
  const byName = new Map<string, { from: string; to: string }>();
  for (const { name, from, to } of releases
    .filter(({ state }) => state === 'live')
    .toSorted((a, b) => a.startedAt - b.startedAt))
    byName.set(name, { from: byName.get(name)?.from ?? from, to });
  return [...byName]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([name, { from, to }]) => `${name} ${from} -> ${to}`);
}
