import type { StackId } from './names.js';

/**
 * Types of resources that hold what cannot be deployed again: a template that replaces or deletes one loses it, or
 * leaves it behind where nobody looks. Guarded by the pipeline's plan and by each stack's policy.
 */
export const statefulTypes: readonly string[] = [
  'AWS::Cognito::UserPool',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::Events::Archive',
  'AWS::KMS::Key',
  'AWS::S3::Bucket',
  'AWS::SES::EmailIdentity',
  'AWS::SQS::Queue',
  'AWS::SecretsManager::Secret',
];

/** Whether a resource is what must survive every release. No money moves in the sandbox: it may begin anew. */
export const isState = (stack: StackId | 'payment-sandbox', type: string) =>
  stack !== 'payment-sandbox' && statefulTypes.includes(type);

/**
 * Denies CloudFormation to replace or delete state, whoever asks it and whatever the template says.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/protect-stack-resources.html
 */
export const stackPolicy = {
  Statement: [
    // Without it a stack policy denies everything.
    { Effect: 'Allow', Action: 'Update:*', Principal: '*', Resource: '*' },
    {
      Effect: 'Deny',
      Action: ['Update:Replace', 'Update:Delete'],
      Principal: '*',
      Resource: '*',
      Condition: { StringEquals: { ResourceType: statefulTypes } },
    },
  ],
} as const;
