import type { SSMClient } from '@aws-sdk/client-ssm';
import { parameterValues } from '@shipline/tooling/deploy/stale-stacks';
import type { PackagedStack } from './sam-stack.js';

/** What a stack reads from Parameter Store: name -> value; `undefined` while nobody has written it. */
export type Reads = Readonly<Record<string, string | undefined>>;

type Parameters = Readonly<Record<string, { Type?: string; Default?: string }>>;

/** The values that CloudFormation would give the stack if it were deployed now. */
export async function readsOf(client: SSMClient, stack: PackagedStack): Promise<Reads> {
  const names = namesReadBy(stack);
  const values = await parameterValues(client, names);
  return Object.fromEntries(names.map((name) => [name, values.get(name)]));
}

export const missingIn = (reads: Reads): string[] =>
  Object.entries(reads).flatMap(([name, value]) => (value === undefined ? [name] : []));

/** The stack's parameters of Parameter Store's type, by the names that they have there. */
export function namesReadBy({ template, stack }: Pick<PackagedStack, 'template' | 'stack'>): string[] {
  const given = new Map(
    (stack.parameters ?? '')
      .split(' ')
      .filter(Boolean)
      .map((pair) => pair.split('=', 2) as [string, string]),
  );
  const { Parameters = {} } = template as { Parameters?: Parameters };
  const names = Object.entries(Parameters)
    .filter(([, { Type = '' }]) => Type.startsWith('AWS::SSM::Parameter::Value<'))
    .map(([id, { Default }]) => given.get(id) ?? Default)
    .filter((name): name is string => name !== undefined);
  return [...new Set(names)].sort();
}
