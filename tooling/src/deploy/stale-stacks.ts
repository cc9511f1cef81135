import type { Parameter, Stack } from '@aws-sdk/client-cloudformation';
import { GetParametersCommand, type SSMClient } from '@aws-sdk/client-ssm';

/** Most names that one GetParameters takes. */
const batchSize = 10;

/** For each stack, whether Parameter Store has another value now than CloudFormation gave it; without a stack, no. */
export async function areStale(
  client: SSMClient,
  stacks: readonly (Stack | undefined)[],
): Promise<readonly boolean[]> {
  const read = stacks.map((stack) => (stack ? resolved(stack) : []));
  const values = await parameterValues(client, [
    ...new Set(read.flat().map(({ ParameterValue = '' }) => ParameterValue)),
  ]);
  const differs = ({ ParameterValue = '', ResolvedValue }: Parameter) =>
    values.get(ParameterValue) !== ResolvedValue;
  return read.map((parameters) => parameters.some(differs));
}

/** CloudFormation tells a resolved value of parameters from Parameter Store only; `ParameterValue` is the name there. */
const resolved = ({ Parameters = [] }: Stack) =>
  Parameters.filter(({ ResolvedValue }) => ResolvedValue !== undefined);

/** Values by name. A name that is gone has none: its reader differs, and the deployment says what is missing. */
export async function parameterValues(
  client: SSMClient,
  names: readonly string[],
): Promise<Map<string, string>> {
  const batches = Array.from({ length: Math.ceil(names.length / batchSize) }, (_, index) =>
    names.slice(index * batchSize, (index + 1) * batchSize),
  );
  const replies = await Promise.all(batches.map((Names) => client.send(new GetParametersCommand({ Names }))));
  return new Map(
    replies.flatMap(({ Parameters = [] }) => Parameters.map(({ Name = '', Value = '' }) => [Name, Value])),
  );
}
