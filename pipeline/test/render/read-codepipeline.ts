import { gatesOf, matches, type NeutralJob, type NeutralRoad } from './neutral-road.js';

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
}
interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is whatever CloudFormation takes.
  readonly Properties: any;
}
export interface Action {
  readonly Name: string;
  readonly RunOrder: number;
  readonly Namespace: string;
  readonly ActionTypeId: { readonly Category: string };
  readonly Configuration: { readonly ProjectName: { Ref: string }; readonly EnvironmentVariables: unknown };
  readonly InputArtifacts?: readonly { readonly Name: string }[];
  readonly OutputArtifacts?: readonly { readonly Name: string }[];
}

/** @param accounts account id -> environment. */
export function readCodepipeline(
  template: Template,
  accounts: Readonly<Record<string, string>>,
  tracked: readonly string[],
): NeutralRoad {
  const { Stages, Triggers } = ofType(template, 'AWS::CodePipeline::Pipeline')[0]?.Properties ?? {};
  const { Branches, FilePaths } = Triggers[0].GitConfiguration.Push[0];
  const jobs: NeutralJob[] = [];
  let approved = false;
  for (const { Name, Actions, BeforeEntry } of Stages.slice(1)) {
    let first = true;
    for (const action of (Actions as Action[]).toSorted((a, b) => a.RunOrder - b.RunOrder)) {
      if (action.ActionTypeId.Category === 'Approval') {
        approved = true;
        continue;
      }
      const window = first && JSON.stringify(BeforeEntry ?? '').includes('DeploymentWindow');
      jobs.push({ ...readJob(Name, action, template, accounts), approval: approved, window });
      [first, approved] = [false, false];
    }
  }
  const excluded = (path: string) => FilePaths.Excludes.some((glob: string) => matches(path, glob));
  return { branch: Branches.Includes.join(), ignored: tracked.filter(excluded), jobs };
}

function readJob(
  stage: string,
  action: Action,
  template: Template,
  accounts: Readonly<Record<string, string>>,
): Omit<NeutralJob, 'approval' | 'window'> {
  const variables = variablesOf(action);
  const role = roleOf(action, variables['SHIPLINE_ROLE_ARN'] ?? '', template, accounts);
  const takes = (action.InputArtifacts ?? []).some(({ Name }) => Name === 'Release');
  return {
    id: `${stage}-${action.Name}`,
    stage,
    ...gatesOf(variables['SHIPLINE_GATES'] ?? ''),
    ...(role && { role }),
    release: action.OutputArtifacts?.[0]?.Name === 'Release' ? 'makes' : takes ? 'takes' : 'none',
    // buildspec.yml checks whatever is given to it.
    checksDigest: variables['SHIPLINE_RELEASE_DIGEST'] === '#{build-package.SHIPLINE_RELEASE_DIGEST}',
    approvedPlan:
      (action.InputArtifacts ?? []).some(({ Name }) => Name === 'Plan') &&
      variables['SHIPLINE_PLAN_DIGEST'] === '#{approval-plan.SHIPLINE_PLAN_DIGEST}',
  };
}

export function variablesOf({ Configuration }: Action): Record<string, string> {
  // An approval has none.
  const list = JSON.parse(textOf(Configuration.EnvironmentVariables ?? '[]')) as {
    name: string;
    value: string;
  }[];
  return Object.fromEntries(list.map(({ name, value }) => [name, value]));
}

/** The role that the job is told to assume, if its project's own may assume exactly that; else the project's own. */
function roleOf(action: Action, arn: string, template: Template, accounts: Readonly<Record<string, string>>) {
  const own = template.Resources[action.Configuration.ProjectName.Ref]?.Properties.ServiceRole;
  const [, logicalId] = own['Fn::GetAtt'] ? [own, own['Fn::GetAtt'][0] as string] : [];
  if (!logicalId)
    return textOf(own).endsWith('/shipline-tools-build') ? 'tools/shipline-tools-build' : 'unknown';
  const may = assumable(logicalId, template);
  if (may.length === 0 && arn === '') return undefined;
  if (may.length !== 1 || may[0] !== arn)
    throw new Error(`${action.Name} may assume ${may} and wants ${arn}.`);
  return `${accounts[arn.split(':')[4] ?? '']}/${arn.split('/').at(-1)}`;
}

export const assumable = (roleId: string, template: Template): string[] =>
  ofType(template, 'AWS::IAM::Policy')
    .filter(({ Properties }) => Properties.Roles.some((role: { Ref?: string }) => role.Ref === roleId))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
    .filter(({ Action }) => [Action].flat().includes('sts:AssumeRole'))
    .flatMap(({ Resource }) => [Resource].flat().map(textOf));

export const ofType = ({ Resources }: Template, type: string) =>
  Object.values(Resources).filter(({ Type }) => Type === type);

/** A value of a template as text, in the usual partition. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const [name, argument] = Object.entries(value as object)[0] ?? [];
  if (name === 'Ref') return argument === 'AWS::Partition' ? 'aws' : `<${argument}>`;
  if (name === 'Fn::Join') return argument[1].map(textOf).join(argument[0]);
  throw new Error(`Nobody reads ${JSON.stringify(value)} here.`);
}
