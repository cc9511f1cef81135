import {
  type AliasConfiguration,
  GetAliasCommand,
  type LambdaClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-lambda';
import type { FunctionRow } from '../snapshot.js';

/** Which version of each function answers, as its alias `live` has it. */
export async function readFunctions(
  client: LambdaClient,
  names: readonly string[],
  prefix: string,
): Promise<FunctionRow[]> {
  const rows = await Promise.all(
    names.map(async (name) => functionRow(name.replace(prefix, ''), await liveAlias(client, name))),
  );
  return rows.toSorted((a, b) => a.name.localeCompare(b.name));
}

async function liveAlias(
  client: LambdaClient,
  FunctionName: string,
): Promise<AliasConfiguration | undefined> {
  try {
    return await client.send(new GetAliasCommand({ FunctionName, Name: 'live' }));
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

export function functionRow(name: string, alias: AliasConfiguration | undefined): FunctionRow {
  if (!alias?.FunctionVersion) return { name };
  // Lambda routes to two versions at the most.
  const [next] = Object.entries(alias.RoutingConfig?.AdditionalVersionWeights ?? {});
  return {
    name,
    live: {
      version: alias.FunctionVersion,
      ...(next && { next: { version: next[0], weight: next[1] } }),
    },
  };
}
