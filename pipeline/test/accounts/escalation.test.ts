import { describe, it } from 'vitest';
import { boundaryArn, here, roleArn } from '../../src/accounts/places.js';
import { allow } from '../../src/accounts/statements.js';
import { deny, permit } from './attempts.js';
import { cloudFormation, greedyFunction, job, prod } from './roles.js';
import type { Actor, Attempt } from './simulation.js';

const { account } = prod;
const admin = roleArn(account, 'Admin');
const shopRole = roleArn(account, 'shipline-prod-orders-ApiRole');
const execution = roleArn(account, 'shipline-prod-cloudformation');
const boundary = boundaryArn(prod);
const bounded = { 'iam:PermissionsBoundary': boundary };
const stack = here(prod, 'cloudformation', 'stack/shipline-prod-orders/1');
const passTo = (service: string) => ({ 'iam:PassedToService': `${service}.amazonaws.com` });

describe('what a release needs', () => {
  it.each<[string, Actor, Attempt]>([
    [
      'plans',
      job('plan'),
      {
        action: 'cloudformation:CreateChangeSet',
        resource: stack,
        context: { 'cloudformation:RoleArn': execution },
      },
    ],
    [
      'hands CloudFormation its role',
      job('plan'),
      { action: 'iam:PassRole', resource: execution, context: passTo('cloudformation') },
    ],
    ['executes', job('deploy'), { action: 'cloudformation:ExecuteChangeSet', resource: stack }],
    [
      'publishes',
      job('deploy'),
      { action: 's3:PutObject', resource: `arn:aws:s3:::shipline-prod-site-${account}-us-east-1/index.html` },
    ],
    [
      'makes a bounded role',
      cloudFormation(),
      { action: 'iam:CreateRole', resource: shopRole, context: bounded },
    ],
    [
      'gives it a policy',
      cloudFormation(),
      { action: 'iam:PutRolePolicy', resource: shopRole, context: bounded },
    ],
    [
      'hands it to Lambda',
      cloudFormation(),
      { action: 'iam:PassRole', resource: shopRole, context: passTo('lambda') },
    ],
    ['reads an alarm', job('test'), { action: 'cloudwatch:DescribeAlarms', resource: '*' }],
    [
      'reads a table',
      greedyFunction(),
      { action: 'dynamodb:GetItem', resource: here(prod, 'dynamodb', 'table/shipline-prod-orders') },
    ],
    [
      'compares contracts',
      job('plan'),
      {
        action: 's3:GetObject',
        resource: `arn:aws:s3:::shipline-prod-site-${account}-us-east-1/api/events.json`,
      },
    ],
  ])('%s', async (_, actor, attempt) => permit(actor, attempt));
});

describe('a broader role', () => {
  it.each<[string, Actor, Attempt]>([
    [
      'is not passed to CloudFormation by plan',
      job('plan'),
      { action: 'iam:PassRole', resource: admin, context: passTo('cloudformation') },
    ],
    [
      'is not passed to CloudFormation by deploy',
      job('deploy'),
      { action: 'iam:PassRole', resource: admin, context: passTo('cloudformation') },
    ],
    [
      'is not in a change set',
      job('plan'),
      {
        action: 'cloudformation:CreateChangeSet',
        resource: stack,
        context: { 'cloudformation:RoleArn': admin },
      },
    ],
    [
      'is not left out, to act with the caller’s rights',
      job('deploy'),
      { action: 'cloudformation:CreateChangeSet', resource: stack },
    ],
    [
      'is not passed to a function',
      cloudFormation(),
      { action: 'iam:PassRole', resource: admin, context: passTo('lambda') },
    ],
    [
      'of the pipeline is not passed to a function',
      cloudFormation(),
      { action: 'iam:PassRole', resource: execution, context: passTo('lambda') },
    ],
    [
      'of deployment is not passed to a function',
      cloudFormation(),
      {
        action: 'iam:PassRole',
        resource: roleArn(account, 'shipline-prod-deploy'),
        context: passTo('lambda'),
      },
    ],
    ['is not assumed by CloudFormation', cloudFormation(), { action: 'sts:AssumeRole', resource: admin }],
    ['is not assumed by a function', greedyFunction(), { action: 'sts:AssumeRole', resource: admin }],
    [
      'is not made by a function',
      greedyFunction(),
      { action: 'iam:CreateRole', resource: admin, context: bounded },
    ],
    [
      'is not assumed by a test',
      job('test'),
      { action: 'sts:AssumeRole', resource: roleArn(account, 'shipline-prod-deploy') },
    ],
  ])('%s', async (_, actor, attempt) => deny(actor, attempt));
});

describe('the boundary', () => {
  const other = { 'iam:PermissionsBoundary': 'arn:aws:iam::aws:policy/AdministratorAccess' };
  it.each<[string, Attempt]>([
    ['is on every role that is made', { action: 'iam:CreateRole', resource: shopRole }],
    ['is not another one', { action: 'iam:CreateRole', resource: shopRole, context: other }],
    ['is not replaced', { action: 'iam:PutRolePermissionsBoundary', resource: shopRole, context: other }],
    ['is not dropped', { action: 'iam:DeleteRolePermissionsBoundary', resource: shopRole, context: bounded }],
    ['is not rewritten', { action: 'iam:CreatePolicyVersion', resource: boundary }],
    ['is not deleted', { action: 'iam:DeletePolicy', resource: boundary }],
    ['is on roles that get a policy', { action: 'iam:PutRolePolicy', resource: shopRole }],
    ['is on roles that get a managed policy', { action: 'iam:AttachRolePolicy', resource: shopRole }],
  ])('%s', async (_, attempt) => {
    await deny(cloudFormation(), attempt);
    await deny(job('deploy'), attempt);
  });

  it.each(['iam:UpdateAssumeRolePolicy', 'iam:PutRolePolicy', 'iam:DeleteRole'])(
    'is not gone around by %s of a role of the pipeline',
    async (action) => {
      for (const name of ['deploy', 'plan', 'test', 'cloudformation', 'alarm-reader'])
        await deny(cloudFormation(), {
          action,
          resource: roleArn(account, `shipline-prod-${name}`),
          context: bounded,
        });
    },
  );
});

describe('a planted hole', () => {
  const withHole = (actor: Actor, action: string, resource = '*'): Actor => ({
    ...actor,
    statements: [...actor.statements, allow([action], [resource])],
  });

  it('in the deploy role is found', async () => {
    const hole = withHole(job('deploy'), 'iam:PassRole');
    await permit(hole, { action: 'iam:PassRole', resource: admin, context: passTo('cloudformation') });
  });

  it('in the plan role is found', async () => {
    const hole = withHole(job('plan'), 'cloudformation:*');
    await permit(hole, { action: 'cloudformation:ExecuteChangeSet', resource: stack });
  });

  it('that is a role without its boundary is found', async () => {
    const { principal, statements } = greedyFunction();
    await permit({ principal, statements }, { action: 'iam:CreateRole', resource: admin });
  });

  it('in the allow-list alone does not open the boundary: the denials hold', async () => {
    const hole = withHole(cloudFormation(), 'iam:*');
    await deny(hole, { action: 'iam:DeleteRolePermissionsBoundary', resource: shopRole, context: bounded });
    await deny(hole, { action: 'iam:CreateRole', resource: shopRole });
  });
});
