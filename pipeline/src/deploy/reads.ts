import type { SSMClient } from '@aws-sdk/client-ssm';
import { parameterValues } from '@shipline/tooling/deploy/stale-stacks';
import type { ReleasedStack } from './released-stacks.js';
import type { PackagedStack } from './sam-stack.js';

/** What a stack reads from Parameter Store: name -> value; `undefined` while nobody has written it. */
export type Reads = Readonly<Record<string, string | undefined>>;

interface Reader extends Pick<PackagedStack, 'template'> {
  readonly stack: Pick<ReleasedStack, 'parameters'>;
}
type Parameters = Readonly<Record<string, { Type?: string; Default?: string }>>;

/** The values that CloudFormation would give the stack if it were deployed now. */
export async function readsOf(client: SSMClient, stack: PackagedStack): Promise<Reads> {
  const names = namesReadBy(stack);
  const values = await parameterValues(client, names);
  return Object.fromEntries(names.map((name) => [name, values.get(name)]));
}

export const missingIn = (reads: Reads): string[] =>
  Object.entries(reads).flatMap(([name, value]) => (value === undefined ? [name] : []));

/** The names in Parameter Store that a stack reads, once each. */
export const namesReadBy = (stack: Reader): string[] =>
  [...new Set(parametersReadBy(stack).map(({ name }) => name))].sort();

/** The stack's parameters of Parameter Store's type: logical id, and the name that each has there. */
export function parametersReadBy({
  template,
  stack,
}: Reader): { readonly id: string; readonly name: string }[] {
  const given = new Map(
    (stack.parameters ?? '')
      .split(' ')
      .filter(Boolean)
      .map((pair) => pair.split('=', 2) as [string, string]),
  );
  const { Parameters = {} } = template as { Parameters?: Parameters };
  return Object.entries(Parameters)
    .filter(([, { Type = '' }]) => Type.startsWith('AWS::SSM::Parameter::Value<'))
    .flatMap(([id, { Default }]) => {
      const name = given.get(id) ?? Default;
      return name === undefined ? [] : [{ id, name }];
    });
}
