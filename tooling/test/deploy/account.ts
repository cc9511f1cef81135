import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { SSMClient } from '@aws-sdk/client-ssm';
import type { AssemblyStack } from '../../src/deploy/assembly.js';
import type { AccountClients } from '../../src/deploy/changed-stacks.js';

/** One deployed stack of the fake account. */
export interface FakeStack {
  readonly status?: string;
  /** When it was last updated. */
  readonly updated?: Date;
  /** A text is what another tool has deployed. */
  readonly template?: object | string;
  /** What CloudFormation resolved when it was deployed, by name in Parameter Store. */
  readonly resolved?: Readonly<Record<string, string>>;
}

interface Command {
  readonly constructor: { readonly name: string };
  readonly input: { readonly StackName?: string; readonly Names?: readonly string[] };
}

/** An account with these stacks and these parameters, which answers as AWS does. */
export function accountWith({
  stacks,
  parameters = {},
}: {
  readonly stacks: Readonly<Record<string, FakeStack>>;
  readonly parameters?: Readonly<Record<string, string>>;
}) {
  const asked: string[][] = [];
  const formation = async (command: Command) => {
    const { StackName = '' } = command.input;
    const stack = stacks[StackName];
    if (!stack)
      throw Object.assign(new Error(`Stack with id ${StackName} does not exist`), {
        name: 'ValidationError',
      });
    if (command.constructor.name === 'GetTemplateCommand')
      return { TemplateBody: textOf(stack.template ?? {}) };
    return { Stacks: [described(StackName, stack)] };
  };
  const store = async ({ input: { Names = [] } }: Command) => {
    asked.push([...Names]);
    if (Names.length > 10) throw Object.assign(new Error('too many names'), { name: 'ValidationException' });
    const known = Names.filter((name) => name in parameters);
    return { Parameters: known.map((Name) => ({ Name, Value: parameters[Name] })) };
  };
  const clients: AccountClients = {
    cloudFormation: { send: formation } as unknown as CloudFormationClient,
    parameterStore: { send: store } as unknown as SSMClient,
  };
  return { clients, asked };
}

const textOf = (template: object | string) =>
  typeof template === 'string' ? template : JSON.stringify(template);

const described = (StackName: string, { status = 'UPDATE_COMPLETE', updated, resolved = {} }: FakeStack) => ({
  StackName,
  StackStatus: status,
  ...(updated && { LastUpdatedTime: updated }),
  Parameters: [
    { ParameterKey: 'Environment', ParameterValue: 'local' },
    ...Object.entries(resolved).map(([name, value]) => ({
      ParameterKey: name.replaceAll('/', ''),
      ParameterValue: name,
      ResolvedValue: value,
    })),
  ],
});

/** A stack of the synthesized app. */
export const synthesized = (stackName: string, template: object = {}): AssemblyStack => ({
  stackName,
  template,
  templateFile: `${stackName}.template.json`,
  dependsOn: [],
});
