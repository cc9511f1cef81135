import type { Plan, PlannedChange, PlannedStack } from '../../src/deploy/plan-file.js';
import { sealed } from '../../src/deploy/plan-file.js';
import type { ReleasedStack } from '../../src/deploy/released-stacks.js';

export const tableChange = (change: Partial<PlannedChange> = {}): PlannedChange => ({
  action: 'Modify',
  resource: 'OrdersTable',
  type: 'AWS::DynamoDB::Table',
  replacement: 'False',
  properties: ['TimeToLiveSpecification'],
  ...change,
});

export const plannedStack = (stack: Partial<PlannedStack> = {}): PlannedStack => ({
  id: 'orders-data',
  stackName: 'shipline-prod-orders-data',
  operation: 'update',
  changeSet: 'arn:aws:cloudformation:us-east-1:100000000004:changeSet/one/1',
  waitsFor: [],
  reads: {},
  changes: [tableChange()],
  permissions: [],
  ...stack,
});

export const plan = (change: Partial<Omit<Plan, 'digest'>> = {}): Plan =>
  sealed({
    version: 1,
    environment: 'prod',
    release: 'a'.repeat(64),
    stacks: [plannedStack()],
    unchanged: ['edge'],
    ...change,
  });

export const releasedStack = (id: ReleasedStack['id']): ReleasedStack => ({
  id,
  stackName: `shipline-dev-${id}`,
  releaseFolder: '.',
  templateFile: `${id}.template.json`,
  digest: id,
});
