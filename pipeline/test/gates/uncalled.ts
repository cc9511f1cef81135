import type { DeliveredEnvironment } from '../../src/accounts/names.js';
import type { JobRole } from '../../src/delivery/stage.js';
import type { Call } from './calls.js';

/** Where a gate stands. */
export interface Standing {
  readonly gate: string;
  readonly role: JobRole;
  readonly environment: DeliveredEnvironment | undefined;
}

interface Uncalled {
  readonly module: string;
  readonly operations: readonly string[];
  /** Absent = nowhere. */
  readonly where?: (standing: Standing) => boolean;
  readonly because: string;
}

/** What is in the modules of gates and yet asks no account on AWS for anything. */
export const uncalled: readonly Uncalled[] = [
  {
    module: 'tooling/src/deploy/artifact-bucket.ts',
    operations: ['CreateBucket', 'PutBucketVersioning', 'PutPublicAccessBlock'],
    because: 'an account on AWS has its bucket by the bootstrap, and is refused without one',
  },
  {
    module: 'pipeline/src/deploy/signing.ts',
    operations: ['PutSigningProfile'],
    because: 'an account on AWS has its profile by the bootstrap',
  },
  ...[
    { module: 'pipeline/src/shop/gateway.ts', operations: ['GetSecretValue'] },
    { module: 'pipeline/src/shop/records.ts', operations: ['Get', 'Query'] },
  ].map((one) => ({
    ...one,
    where: ({ gate, environment }: Standing) => gate === 'synthetic-traffic' && environment === 'prod',
    because: 'where cards are real nobody buys, and there is no order to look up',
  })),
  {
    module: 'pipeline/src/deploy/sign-package.ts',
    operations: ['StartSigningJob', 'DescribeSigningJob'],
    where: ({ role, environment }) => role === 'plan' || environment !== 'prod',
    because: 'only prod runs signed code, and only who deploys signs',
  },
  {
    module: 'pipeline/src/release/kms-release-key.ts',
    operations: ['CreateKey', 'CreateAlias'],
    because: 'the tools account has its key by the bootstrap',
  },
  {
    module: 'pipeline/src/release/kms-release-key.ts',
    operations: ['Sign'],
    where: ({ gate }) => gate === 'verify-release',
    because: 'who verifies has the same key in hand as who signs, and does not sign',
  },
  {
    module: 'tooling/src/deploy/seed.ts',
    operations: ['BatchWrite', 'Put'],
    because: 'only the local cloud is filled by a deployment',
  },
  {
    module: 'packages/lambda-kit/src/release-check/deployment.ts',
    operations: [
      'ListDeploymentTargets',
      'BatchGetDeploymentTargets',
      'PutLifecycleEventHookExecutionStatus',
    ],
    because: 'the release checks that the integration tests run tell a fake of CodeDeploy',
  },
];

export const isUncalled = ({ module, operation }: Call, standing: Standing) =>
  uncalled.some(
    (one) => one.module === module && one.operations.includes(operation) && (one.where?.(standing) ?? true),
  );
