import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environment, placeholderInputs } from '@shipline/infra';
import { root } from '@shipline/tooling/paths';
import { describe, expect, it } from 'vitest';
import { boundaryStatements } from '../../src/accounts/boundary.js';
import { roleArn } from '../../src/accounts/places.js';
import { deliveredEnvironments, templatesOf } from '../../src/accounts/synthesize.js';
import { prod } from './roles.js';
import { withinBoundary } from './simulation.js';

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

/** What stacks of an environment call their things, by action or by the service that it belongs to. */
const samples: Readonly<Record<string, string>> = {
  dynamodb: 'dynamodb:us-east-1:ACCOUNT:table/shipline-ENV-orders',
  events: 'events:us-east-1:ACCOUNT:event-bus/shipline-ENV-events',
  lambda: 'lambda:us-east-1:ACCOUNT:function:shipline-ENV-orders-api:live',
  logs: 'logs:us-east-1:ACCOUNT:log-group:/aws/lambda/shipline-ENV-orders-api:log-stream:x',
  secretsmanager: 'secretsmanager:us-east-1:ACCOUNT:secret:shipline-ENV-payment-gateway-AbCdEf',
  sns: 'sns:us-east-1:ACCOUNT:shipline-ENV-alarms',
  sqs: 'sqs:us-east-1:ACCOUNT:shipline-ENV-orders-on-payment-captured',
  'cognito-idp': 'cognito-idp:us-east-1:ACCOUNT:userpool/us-east-1_a1b2c3',
  ses: 'ses:us-east-1:ACCOUNT:identity/shipline.example',
  'states:DescribeExecution': 'states:us-east-1:ACCOUNT:execution:shipline-ENV-checkout:ord_1',
  'states:StopExecution': 'states:us-east-1:ACCOUNT:execution:shipline-ENV-checkout:ord_1',
  states: 'states:us-east-1:ACCOUNT:stateMachine:shipline-ENV-checkout',
};

describe.each(deliveredEnvironments)('the boundary of %s', (name) => {
  const data = environment(name, placeholderInputs);
  const place = { ...prod, environment: name, account: data.account };
  const principal = roleArn(data.account, `shipline-${name}-orders-ApiRole`);
  const resources = templatesOf(data).flatMap(({ Resources }) => Object.values(Resources) as Resource[]);

  it('is on every role of every stack', () => {
    const roles = resources.filter(({ Type }) => Type === 'AWS::IAM::Role');
    expect(roles.length).toBeGreaterThan(40);
    for (const { Properties } of roles)
      expect(JSON.stringify(Properties?.PermissionsBoundary)).toContain(`policy/shipline-${name}-boundary`);
  });

  it('holds back nothing of what a stack grants to its own', () => {
    const grants = resources
      .filter(({ Type }) => Type === 'AWS::IAM::Policy')
      .flatMap(({ Properties }) => Properties?.PolicyDocument?.Statement ?? [])
      .filter(({ Effect }) => Effect === 'Allow');
    const actions = [...new Set(grants.flatMap(({ Action }) => listOf(Action)))];
    expect(actions.length).toBeGreaterThan(30);
    const held = actions.filter((action) => {
      const everywhere = grants.some(
        ({ Action, Resource }) => listOf(Action).includes(action) && listOf(Resource).includes('*'),
      );
      const resource = everywhere ? '*' : sampleOf(action);
      return withinBoundary(boundaryStatements(place), { principal, action, resource }) !== 'Allowed';
    });
    expect(held).toEqual([]);
  });

  it('holds back what none does', () => {
    for (const action of [
      'iam:CreateRole',
      'sts:AssumeRole',
      'cloudformation:UpdateStack',
      'cloudtrail:StopLogging',
    ])
      expect(withinBoundary(boundaryStatements(place), { principal, action, resource: '*' })).toBe(
        'ImplicitlyDenied',
      );
  });

  function sampleOf(action: string): string {
    const sample = samples[action] ?? samples[action.split(':')[0] ?? ''];
    if (!sample) throw new Error(`No stack has a name for what ${action} is done to.`);
    return `arn:aws:${sample.replace('ACCOUNT', data.account).replace('ENV', name)}`;
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
