import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { GetFunctionCommand, GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { stackName } from '@shipline/infra';
import { type DeployedStacks, readStacks, stacksOf } from '@shipline/tooling/deploy/deployed-stacks';
import { describeStack } from '@shipline/tooling/deploy/describe-stack';
import { environmentNamed } from '@shipline/tooling/deploy/target';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { newCustomer } from '../support/customer.js';
import { outputs } from '../support/environment.js';
import { orderRequest, place, settled } from '../support/orders.js';

const formation = new CloudFormationClient({});
const lambda = new LambdaClient({});
const logs = new CloudWatchLogsClient({});

/** What the shop keeps secret, and has just used: the gateway's key and the key of its webhooks. */
let secrets: string[];
/** An order that was paid with it. */
let orderId: string;
/** Everything that the shop consists of here: an account may have other things, which are none of a test's business. */
let shop: DeployedStacks;
const ids = stacksOf('sandbox');
const environment = environmentNamed(outputs.environment);

beforeAll(async () => {
  shop = await readStacks(formation, environment, ids);
  const { SecretString = '{}' } = await new SecretsManagerClient({}).send(
    new GetSecretValueCommand({ SecretId: outputs.gatewaySecretArn }),
  );
  const { apiKey, webhookSecret } = JSON.parse(SecretString) as Record<string, string>;
  secrets = [apiKey ?? '', webhookSecret ?? ''];
  const customer = await newCustomer();
  orderId = await place(customer, await orderRequest([{ sku: 'MUG-CANARY', quantity: 1 }]));
  await settled(customer, orderId);
});

/** Where one of the secrets stands. */
const holders = (texts: ReadonlyMap<string, string>): string[] =>
  [...texts].filter(([, text]) => secrets.some((secret) => text.includes(secret))).map(([name]) => name);

const namesOf = (type: string) => shop.ofType(type).map(({ physicalId }) => physicalId);

async function templates(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const StackName of ids.map((id) => stackName(environment, id))) {
    const stack = await describeStack(formation, StackName);
    const { TemplateBody = '' } = await formation.send(new GetTemplateCommand({ StackName }));
    found.set(StackName, TemplateBody + JSON.stringify([stack?.Parameters, stack?.Outputs]));
  }
  return found;
}

async function functions() {
  const found = new Map<string, string>();
  for (const FunctionName of namesOf('AWS::Lambda::Function'))
    found.set(
      FunctionName,
      JSON.stringify(await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))),
    );
  return found;
}

/** Every file of the zip that a function really runs. */
async function codeOf(FunctionName: string): Promise<string> {
  const { Code } = await lambda.send(new GetFunctionCommand({ FunctionName }));
  const zip = new Uint8Array(await (await fetch(Code?.Location ?? '')).arrayBuffer());
  return Object.entries(unzipSync(zip))
    .map(([name, bytes]) => name + strFromU8(bytes))
    .join('\n');
}

async function logLines(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const logGroupName of namesOf('AWS::Logs::LogGroup')) {
    const lines: string[] = [];
    for await (const { events = [] } of paginateFilterLogEvents({ client: logs }, { logGroupName }))
      lines.push(...events.map(({ message = '' }) => message));
    found.set(logGroupName, lines.join('\n'));
  }
  return found;
}

/** Each of these first shows that it looks at what it means to. */
describe('a secret that the shop uses', () => {
  it('is one that could be found', () => {
    for (const secret of secrets) expect(secret.length).toBeGreaterThan(15);
    expect(holders(new Map([['planted', `key=${secrets[0]}&`]]))).toEqual(['planted']);
  });

  it('stands in no template, parameter or output of a stack', async () => {
    const found = await templates();

    expect([...found.values()].join()).toContain(outputs.gatewaySecretArn);
    expect(holders(found)).toEqual([]);
  });

  it('stands in no configuration or variable of a function', async () => {
    const found = await functions();

    expect(found.get(outputs.functions['PaymentsAuthoriseFunction'] ?? '')).toContain(
      outputs.gatewaySecretArn,
    );
    expect(holders(found)).toEqual([]);
  });

  it('stands in no artifact that a function runs', async () => {
    const names = [...(await functions()).keys()];
    const found = new Map<string, string>();
    for (const name of names) found.set(name, await codeOf(name));

    expect([...found.values()].every((code) => code.includes('index.mjs'))).toBe(true);
    expect(holders(found)).toEqual([]);
  });

  it('stands in no log', async () => {
    let found = new Map<string, string>();
    await expect
      .poll(
        async () => {
          found = await logLines();
          return [...found].filter(([, lines]) => lines.includes(orderId)).length;
        },
        { timeout: 30_000 },
      )
      .toBeGreaterThan(1);

    expect(holders(found)).toEqual([]);
  });
});
