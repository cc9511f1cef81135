import { Repository } from 'aws-cdk-lib/aws-codecommit';
import { CfnConnection } from 'aws-cdk-lib/aws-codeconnections';
import { type Artifact, type IAction, ProviderType, type TriggerProps } from 'aws-cdk-lib/aws-codepipeline';
import {
  CodeCommitSourceAction,
  CodeCommitTrigger,
  CodeStarConnectionsSourceAction,
} from 'aws-cdk-lib/aws-codepipeline-actions';
import type { Construct } from 'constructs';
import type { SourceProvider } from '../../accounts/tools.js';
import type { Source } from '../../delivery/stage.js';

export interface PipelineSource {
  readonly action: IAction;
  /** CodeCommit has none: it tells of pushes by events, which name no files. */
  readonly triggers: TriggerProps[];
}

/** Gates ask git what is tracked and which commit this is, so that jobs get a clone and not a folder of files. */
const clone = { codeBuildCloneOutput: true };

/** The source's action, and what starts the pipeline. */
export function sourceOf(
  scope: Construct,
  provider: SourceProvider,
  { branch, ignores }: Source,
  output: Artifact,
): PipelineSource {
  if (provider.kind === 'codecommit') {
    const repository = Repository.fromRepositoryName(scope, 'Repository', provider.repository);
    const trigger = CodeCommitTrigger.EVENTS;
    return {
      action: new CodeCommitSourceAction({
        actionName: 'commit',
        repository,
        branch,
        output,
        trigger,
        ...clone,
      }),
      triggers: [],
    };
  }
  const { owner, repository: repo } = provider;
  const action = new CodeStarConnectionsSourceAction({
    ...{ actionName: 'commit', owner, repo, branch, output },
    ...clone,
    connectionArn: connection(scope, provider.kind).attrConnectionArn,
    // The trigger below starts the pipeline, which looks at the files too.
    triggerOnPush: false,
  });
  const pushFilter = [{ branchesIncludes: [branch], filePathsExcludes: [...ignores] }];
  const providerType = ProviderType.CODE_STAR_SOURCE_CONNECTION;
  return { action, triggers: [{ providerType, gitConfiguration: { sourceAction: action, pushFilter } }] };
}

/** It is pending until somebody confirms it in the console: nobody can give AWS a repository by a template alone. */
const connection = (scope: Construct, kind: 'github' | 'gitlab') =>
  new CfnConnection(scope, 'Connection', {
    connectionName: 'shipline',
    providerType: kind === 'github' ? 'GitHub' : 'GitLab',
  });
