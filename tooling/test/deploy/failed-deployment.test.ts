import { describe, expect, it } from 'vitest';
import { Interrupted, UserError } from '../../src/cli.js';
import { type DeploymentFacts, explained } from '../../src/deploy/failed-deployment.js';

const facts = (differs: Partial<DeploymentFacts> = {}): DeploymentFacts => ({
  takenBack: async () => ['Taken back: catalog-api 3 -> 2'],
  standing: async () => 'Live in prod: 13 of 14 stacks as they are here',
  storefront: async () => 'storefront release 4',
  ...differs,
});
const failing = (message: string) => () => Promise.reject(new Error(message));
const lastLine = 'Live in prod: 13 of 14 stacks as they are here; storefront release 4';

/** What a person reads of a deployment that ended like this. */
const told = async (failure: Error, known = facts(), stopped?: AbortSignal) => {
  const error = await explained(() => Promise.reject(failure), known, stopped).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(UserError);
  expect(error.cause).toBe(failure);
  return error as UserError;
};

describe('a deployment that fails', () => {
  it('says what failed, what was taken back, and in its last line what is live', async () => {
    expect((await told(new UserError('cdk deploy failed'))).message).toBe(
      `cdk deploy failed\n\nTaken back: catalog-api 3 -> 2\n\n${lastLine}`,
    );
  });

  it('says so of a fault as well, with its stack', async () => {
    const { message } = await told(new TypeError('Rate exceeded'));

    expect(message).toMatch(/^TypeError: Rate exceeded\n +at /);
    expect(message.endsWith(lastLine)).toBe(true);
  });

  it('ends with 130 after Ctrl-C, and says the same', async () => {
    const error = await told(new Interrupted('Stopped before this'), facts(), AbortSignal.abort());

    expect(error.exitCode).toBe(130);
    expect(error.message).toMatch(/^Stopped\. What CloudFormation has begun/);
    expect(error.message.endsWith(lastLine)).toBe(true);
  });

  it('says what it can when some of it cannot be read', async () => {
    const unread = (differs: Partial<DeploymentFacts>) => told(new UserError('failed'), facts(differs));

    expect((await unread({ takenBack: failing('no such log group') })).message).toBe(
      `failed\n\nWhich releases were taken back cannot be read: no such log group\n\n${lastLine}`,
    );
    expect((await unread({ standing: failing('throttled') })).message).toMatch(
      /Taken back: catalog-api.*\n\nWhich stacks are live cannot be read: throttled; storefront release 4$/,
    );
    expect((await unread({ storefront: failing('denied') })).message).toMatch(
      /13 of 14 stacks as they are here; its storefront cannot be read: denied$/,
    );
  });
});
