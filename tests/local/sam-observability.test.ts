import { join } from 'node:path';
import { cdkOut } from '@shipline/tooling/paths';
import { sam, samVenv } from '@shipline/tooling/sam';
import { beforeAll, describe, expect, it } from 'vitest';
import { outputs } from '../support/environment.js';
import { http } from '../support/http.js';
import { newTraceId } from '../support/traces.js';

const stackName = `shipline-${outputs.environment}-catalog`;
const target = ['--stack-name', stackName, '--region', outputs.region];
const functionName = outputs.functions['CatalogApiFunction'] ?? '';
const traceId = newTraceId();
const correlationId = `test-${traceId}`;

/** What the SAM CLI prints. */
const samSays = async (...args: string[]) => sam(await samVenv(console.log), args);

describe('the SAM CLI, after one traced request', () => {
  beforeAll(async () => {
    const headers = { 'x-amzn-trace-id': `Root=${traceId};Sampled=1`, 'x-correlation-id': correlationId };
    await http.get('/api/products').set(headers).expect(200);
  });

  it('shows its log lines by the logical name of the function', async () => {
    const printed = await samSays(
      'logs',
      ...target,
      '-n',
      'CatalogApiFunction',
      '--filter',
      `"${correlationId}"`,
    );

    expect(printed).toContain(`"function_name": "${functionName}"`);
    expect(printed).toContain(`"xray_trace_id": "${traceId}"`);
  });

  it('shows its trace', async () => {
    const printed = await samSays('traces', '--trace-id', traceId, '--output', 'json');

    const line = printed.split('\n').find((text) => text.startsWith('{'));
    const { Id, Segments } = JSON.parse(line ?? '') as {
      Id: string;
      Segments: { name: string; origin?: string }[];
    };
    expect(Id).toBe(traceId);
    expect(Segments).toContainEqual(
      expect.objectContaining({ name: functionName, origin: 'AWS::Lambda::Function' }),
    );
  });

  it.each([
    ['resources', 'CatalogApiFunction', functionName],
    ['endpoints', 'ApiHttp', '.execute-api.'],
    ['stack-outputs', 'ApiHost', '.execute-api.'],
  ])('lists the %s of a stack', async (what, logical, physical) => {
    const template = ['-t', join(cdkOut(outputs.environment), `${stackName}.template.json`)];

    const printed = await samSays(
      'list',
      what,
      ...target,
      '--output',
      'json',
      ...(what === 'stack-outputs' ? [] : template),
    );

    const listed = JSON.parse(printed.slice(printed.indexOf('['))) as unknown[];
    expect(listed.map((entry) => JSON.stringify(entry))).toContainEqual(
      expect.stringMatching(new RegExp(`${logical}[^}]*${physical}`)),
    );
  });
});
