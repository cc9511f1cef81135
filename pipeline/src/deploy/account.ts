import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { S3Client } from '@aws-sdk/client-s3';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { AccountClients } from '@shipline/tooling/deploy/changed-stacks';
import type { Target } from '@shipline/tooling/deploy/target';

/** What a deployment asks of an account. */
export interface Account extends AccountClients {
  readonly s3: S3Client;
}

/** Clients for where this process's AWS settings point. */
export const accountOf = ({ local }: Target): Account => ({
  cloudFormation: new CloudFormationClient({ maxAttempts: 5 }),
  parameterStore: new SSMClient({ maxAttempts: 5 }),
  s3: new S3Client({ forcePathStyle: local !== undefined }),
});
