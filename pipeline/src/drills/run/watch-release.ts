import { setTimeout as sleep } from 'node:timers/promises';
import { GetAliasCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { type EnvironmentName, physicalName } from '@shipline/infra';
import type { DrillTarget } from '../drill.js';
import type { AliasState } from '../observation.js';

export interface ReleaseWatch {
  /** @returns every state that was seen, the first one as it was before. */
  stop(): Promise<readonly AliasState[]>;
}

/** Notes every change of a function's alias `live`. */
export async function watchRelease(
  client: LambdaClient,
  environment: EnvironmentName,
  { service, functionName }: DrillTarget,
  everyMs: number,
  told: (state: AliasState) => void,
): Promise<ReleaseWatch> {
  const name = physicalName(environment, service, functionName);
  const states: AliasState[] = [await aliasOf(client, name)];
  const stopping = new AbortController();
  const look = async () => {
    const state = await aliasOf(client, name);
    if (sameTraffic(states.at(-1), state)) return;
    states.push(state);
    told(state);
  };
  const looking = (async () => {
    while (!stopping.signal.aborted) {
      await look();
      await sleep(everyMs);
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await looking;
      await look();
      return states;
    },
  };
}

async function aliasOf(client: LambdaClient, functionName: string): Promise<AliasState> {
  const { FunctionVersion: version = '', RoutingConfig } = await client.send(
    new GetAliasCommand({ FunctionName: functionName, Name: 'live' }),
  );
  return { at: Date.now(), version, weights: RoutingConfig?.AdditionalVersionWeights ?? {} };
}

const sameTraffic = (before: AliasState | undefined, { version, weights }: AliasState) =>
  before?.version === version && JSON.stringify(before.weights) === JSON.stringify(weights);
