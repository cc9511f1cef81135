import { roleName } from '../accounts/names.js';
import type { SamSetting } from './sam-setting.js';

/**
 * Where in the account's bucket artifacts lie. Who plans, whom nobody has approved yet, writes below a prefix of its own,
 * from which nothing is ever deployed; who deploys trusts what lies below the other, because nobody else writes there
 * (pipeline/src/accounts/role-policies.ts).
 */
export const artifactPrefixes = ['plan', 'deploy'] as const;
export type ArtifactPrefix = (typeof artifactPrefixes)[number];

/** The prefix of a session: `arn:aws:sts::<account>:assumed-role/<role>/<session>`. */
export function artifactPrefixOf(callerArn: string, environment: SamSetting['environment']): ArtifactPrefix {
  const [, role] = /:assumed-role\/([^/]+)\//.exec(callerArn) ?? [];
  return role === roleName(environment as Parameters<typeof roleName>[0], 'plan') ? 'plan' : 'deploy';
}

/** SAM's `--s3-prefix`: each stack has a folder. */
export const s3Prefix = (prefix: ArtifactPrefix, stack: string) => `${prefix}/${stack}`;

/**
 * A packaged template with its code where the deployment will put it. A plan names that place too, so that it foretells
 * exactly what the deployment does: functions whose code is there already do not change.
 */
export function asDeployed<T>(template: T, stack: string): T {
  const packaged = new RegExp(`"(s3://[^/"]+/)?${s3Prefix('plan', stack)}/(?=[0-9a-f]{32}[".])`, 'g');
  const placed = JSON.stringify(template).replace(packaged, `"$1${s3Prefix('deploy', stack)}/`);
  return JSON.parse(placed) as T;
}
