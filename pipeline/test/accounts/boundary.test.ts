import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environment, placeholderInputs } from '@shipline/infra';
import { root } from '@shipline/tooling/paths';
import { describe, expect, it } from 'vitest';
import { boundaryStatements } from '../../src/accounts/boundary.js';
import { roleArn } from '../../src/accounts/places.js';
import { policy } from '../../src/accounts/statements.js';
import { deliveredEnvironments, templatesOf } from '../../src/accounts/synthesize.js';
import { prod } from './roles.js';
import { answerTo } from './simulation.js';

interface Grant {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource?: unknown;
}
interface Resource {
  readonly Type: string;
  readonly Properties?: { PolicyDocument?: { Statement: Grant[] }; PermissionsBoundary?: unknown };
}

const listOf = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

/** What stacks of an environment call their things, by the service that an action belongs to. */
const samples: Readonly<Record<string, string>> = {
  dynamodb: 'dynamodb:us-east-1:ACCOUNT:table/shipline-ENV-orders',
  events: 'events:us-east-1:ACCOUNT:event-bus/shipline-ENV',
  lambda: 'lambda:us-east-1:ACCOUNT:function:shipline-ENV-orders-api:live',
  logs: 'logs:us-east-1:ACCOUNT:log-group:/aws/lambda/shipline-ENV-orders-api:log-stream:x',
  secretsmanager: 'secretsmanager:us-east-1:ACCOUNT:secret:shipline-ENV-payment-gateway-AbCdEf',
  sns: 'sns:us-east-1:ACCOUNT:shipline-ENV-alarms',
  sqs: 'sqs:us-east-1:ACCOUNT:shipline-ENV-orders-on-payment-captured',
  states: 'states:us-east-1:ACCOUNT:stateMachine:shipline-ENV-checkout',
};

describe.each(deliveredEnvironments)('the boundary of %s', (name) => {
  const data = environment(name, placeholderInputs);
  const place = { ...prod, environment: name, account: data.account };
  const resources = templatesOf(data).flatMap(({ Resources }) => Object.values(Resources) as Resource[]);

  it('is on every role of every stack', () => {
    const roles = resources.filter(({ Type }) => Type === 'AWS::IAM::Role');
    expect(roles.length).toBeGreaterThan(40);
    for (const { Properties } of roles)
      expect(JSON.stringify(Properties?.PermissionsBoundary)).toContain(`policy/shipline-${name}-boundary`);
  });

  it('holds back nothing of what a stack grants to its own', async () => {
    const grants = resources
      .filter(({ Type }) => Type === 'AWS::IAM::Policy')
      .flatMap(({ Properties }) => Properties?.PolicyDocument?.Statement ?? [])
      .filter(({ Effect }) => Effect === 'Allow');
    const actions = [...new Set(grants.flatMap(({ Action }) => listOf(Action)))];
    expect(actions.length).toBeGreaterThan(30);
    const held: string[] = [];
    for (const action of actions) {
      const [service = ''] = action.split(':');
      const everywhere = grants.some(
        ({ Action, Resource }) => listOf(Action).includes(action) && listOf(Resource).includes('*'),
      );
      const sample = samples[service]?.replace('ACCOUNT', data.account).replace('ENV', name);
      const resource = everywhere || !sample ? '*' : `arn:aws:${sample}`;
      const actor = {
        principal: roleArn(data.account, `shipline-${name}-orders-ApiRole`),
        statements: [{ Effect: 'Allow' as const, Action: [action], Resource: ['*'] }],
        boundary: boundaryStatements(place),
      };
      if (!covers(action) && (await answerTo(actor, { action, resource })) !== 'Allowed') held.push(action);
    }
    expect(held).toEqual([]);
  });

  /** An action whose resource has no name of ours (a user pool, a mail identity, an execution): it is in the boundary. */
  function covers(action: string): boolean {
    const nameless =
      /^(cognito-idp:|ses:|states:DescribeExecution$|states:StopExecution$|dynamodb:ListStreams$)/;
    return (
      nameless.test(action) &&
      policy(boundaryStatements(place)).Statement.some(({ Action }) => Action.includes(action))
    );
  }
});

describe('the roles of the payment sandbox', () => {
  it('have it in every account that is bootstrapped', () => {
    const text = readFileSync(join(root, 'services/payment-sandbox/template.yaml'), 'utf8');
    const roles = text.match(/^ {4}Type: AWS::IAM::Role$/gm) ?? [];
    const bounded =
      text.match(
        /PermissionsBoundary: !If\n +- Bootstrapped\n +- !Sub arn:\$\{AWS::Partition\}:iam::\$\{AWS::AccountId\}:policy\/shipline-\$\{Environment\}-boundary\n/g,
      ) ?? [];
    expect(roles.length).toBeGreaterThan(5);
    expect(bounded).toHaveLength(roles.length);
  });
});
