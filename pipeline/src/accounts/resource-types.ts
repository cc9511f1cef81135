import { codeTypes } from './resource-types/code.js';
import { dataTypes } from './resource-types/data.js';
import type { TypePermissions } from './resource-types/grants.js';
import { messagesTypes } from './resource-types/messages.js';
import { observabilityTypes } from './resource-types/observability.js';
import { webTypes } from './resource-types/web.js';

/**
 * What CloudFormation must be allowed to make, read, change and remove a resource of each type that a template of the
 * shop has. CloudFormation publishes what each type's handlers call (`handlers` of its schema), but no library that we
 * use carries it, so that this is written down. Test: allow-list.test.ts fails for a type without an entry, and for an
 * action that IAM does not know.
 */
export const permissionsOfTypes: TypePermissions = {
  ...codeTypes,
  ...dataTypes,
  ...messagesTypes,
  ...observabilityTypes,
  ...webTypes,
};

/** What SAM makes of its own types (AWS SAM Developer Guide, Generated CloudFormation resources). */
export const typesOfSam: Readonly<Record<string, readonly string[]>> = {
  'AWS::Serverless::Function': [
    'AWS::Lambda::Function',
    'AWS::Lambda::Version',
    'AWS::Lambda::Alias',
    'AWS::Lambda::Permission',
    'AWS::Lambda::EventSourceMapping',
    'AWS::CodeDeploy::Application',
    'AWS::CodeDeploy::DeploymentGroup',
  ],
  // A REST API, its stage and deployment: API Gateway has five actions for everything.
  'AWS::Serverless::Api': ['AWS::ApiGateway::Account', 'AWS::ApiGatewayV2::Stage'],
};
