import { EnvironmentError } from '@shipline/infra';

/**
 * The account that owns the pipeline. The environments of the shop are in infra/src/environments.ts; this one has no
 * shop: CodePipeline, its artifacts and the key that signs releases live here.
 */
export interface Tools {
  readonly account: string;
  readonly region: string;
  readonly source: SourceProvider;
  /** Who is told of failed releases and of approvals that wait; absent = nobody is mailed. */
  readonly notify?: string;
}

/** Where CodePipeline gets commits from. GitHub and GitLab by a connection that somebody confirms once in the console. */
export type SourceProvider =
  | { readonly kind: 'github' | 'gitlab'; readonly owner: string; readonly repository: string }
  | { readonly kind: 'codecommit'; readonly repository: string };

/** Everything lives in one region, as the shop does. */
export const region = 'us-east-1';

/** The account of the local cloud that plays this one; checks of the template use it too. */
export const localToolsAccount = '100000000009';

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Reads `SHIPLINE_TOOLS_ACCOUNT`, `SHIPLINE_SOURCE` (`github:owner/name`, `gitlab:group/name`, `codecommit:name`) and
 * `SHIPLINE_ALARM_ADDRESS`.
 * @throws {EnvironmentError} when one is absent or not what it should be; the message says how to supply it.
 */
export function toolsFrom(variables: Variables): Tools {
  const account = variables['SHIPLINE_TOOLS_ACCOUNT'] ?? '';
  if (!/^\d{12}$/.test(account))
    throw new EnvironmentError(
      'Set SHIPLINE_TOOLS_ACCOUNT to the 12-digit id of the account that owns the pipeline.',
    );
  const notify = variables['SHIPLINE_ALARM_ADDRESS'];
  return { account, region, source: sourceFrom(variables['SHIPLINE_SOURCE']), ...(notify && { notify }) };
}

function sourceFrom(text = ''): SourceProvider {
  const [kind, path = ''] = text.split(':');
  const [repository = '', ...groups] = path.split('/').toReversed();
  const owner = groups.toReversed().join('/');
  if ((kind === 'github' || kind === 'gitlab') && owner && repository) return { kind, owner, repository };
  if (kind === 'codecommit' && repository && !owner) return { kind, repository };
  throw new EnvironmentError(
    `Set SHIPLINE_SOURCE to github:owner/name, gitlab:group/name or codecommit:name, not '${text}'.`,
  );
}
