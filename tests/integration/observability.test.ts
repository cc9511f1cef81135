import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetAliasCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it, onTestFinished } from 'vitest';
import { outputs } from '../support/environment.js';
import { http } from '../support/http.js';
import { catalogTable, tables } from '../support/invariants.js';
import { measured } from '../support/metrics.js';

const lambda = new LambdaClient({});
const logs = new CloudWatchLogsClient({});
const functionName = outputs.functions['CatalogApiFunction'] ?? '';

/** A product that no release of ours has written: reading it is a fault of ours, not a caller's mistake. */
async function brokenProduct(): Promise<string> {
  const sku = 'BROKEN-BY-TEST';
  await tables.send(
    new PutCommand({ TableName: catalogTable(), Item: { pk: `PRODUCT#${sku}`, sku, price: 'much' } }),
  );
  onTestFinished(async () => {
    await tables.send(new DeleteCommand({ TableName: catalogTable(), Key: { pk: `PRODUCT#${sku}` } }));
  });
  return sku;
}

/** The version that callers get. */
async function liveVersion(): Promise<string> {
  const { FunctionVersion } = await lambda.send(
    new GetAliasCommand({ FunctionName: functionName, Name: 'live' }),
  );
  if (!FunctionVersion) throw new Error(`${functionName}:live points to nothing.`);
  return FunctionVersion;
}

const errorsOf = (version: string): Promise<number> =>
  measured('AWS/Lambda', 'Errors', {
    FunctionName: functionName,
    Resource: `${functionName}:live`,
    ExecutedVersion: version,
  });

describe('an unexpected error', () => {
  it('is a 500 that tells nothing, counts as an error of its version, and is explained in the log', async () => {
    const sku = await brokenProduct();
    const version = await liveVersion();
    const before = await errorsOf(version);
    const correlationId = `test-${Date.now()}-fault`;

    const reply = await http.get(`/api/products/${sku}`).set({ 'x-correlation-id': correlationId });

    expect(reply.status).toBe(500);
    expect(reply.text).not.toMatch(/Zod|price|at .*mjs/);
    await expect.poll(() => errorsOf(version), { timeout: 20_000 }).toBe(before + 1);
    await expect
      .poll(
        async () => {
          const { events = [] } = await logs.send(
            new FilterLogEventsCommand({
              logGroupName: `/aws/lambda/${functionName}`,
              filterPattern: `"${correlationId}"`,
            }),
          );
          return events.map(({ message }) => message).join('\n');
        },
        { timeout: 20_000 },
      )
      .toContain('"level":"ERROR"');
  });

  it('is not what a refusal counts as', async () => {
    const version = await liveVersion();
    const before = await errorsOf(version);

    await http.get('/api/products/NO-SUCH-THING').expect(404);

    expect(await errorsOf(version)).toBe(before);
  });
});
