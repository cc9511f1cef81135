import {
  CfnOutput,
  CfnParameter,
  CliCredentialsStackSynthesizer,
  PermissionsBoundary,
  Stack,
} from 'aws-cdk-lib';
import { CfnParameter as CfnSsmParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import type { Bundles } from './bundles.js';
import type { Environment } from './environment.js';
import { artifactBucketName, parameters, pascalCase, type StackId, stackName } from './names.js';

/** What every stack of one synthesis shares. */
export interface Deployment {
  readonly environment: Environment;
  readonly bundles: Bundles;
}

/** A stack of the shop: named by its environment, found by others through Parameter Store only. */
export class ShiplineStack extends Stack {
  readonly deployment: Deployment;
  readonly environmentData: Environment;
  /** Names of this environment's parameters. */
  readonly names: ReturnType<typeof parameters>;

  constructor(scope: Construct, deployment: Deployment, id: StackId, description: string) {
    const { environment } = deployment;
    const { account, region, name } = environment;
    super(scope, stackName(name, id), {
      description,
      env: { account, region },
      // No bootstrap stack: the caller's own credentials write to one bucket per account, and SAM uses the same.
      synthesizer: new CliCredentialsStackSynthesizer({
        fileAssetsBucketName: artifactBucketName(environment),
        bucketPrefix: `${id}/`,
      }),
      terminationProtection: environment.protectsState,
      ...(environment.permissionsBoundary && {
        permissionsBoundary: PermissionsBoundary.fromName(environment.permissionsBoundary),
      }),
      tags: { 'shipline:environment': name, 'shipline:stack': id },
    });
    this.deployment = deployment;
    this.environmentData = environment;
    this.names = parameters(name);
  }

  /** The stack that a construct is in. */
  static override of(construct: Construct): ShiplineStack {
    const stack = Stack.of(construct);
    if (!(stack instanceof ShiplineStack))
      throw new Error(`${construct.node.path} is not in a ShiplineStack.`);
    return stack;
  }

  /** Where the environment's alarms are told. */
  get alarmTopicArn(): string {
    return this.read(this.names.alarmTopicArn);
  }

  /** The value that another stack has published; resolved by CloudFormation at each deployment. */
  read(parameterName: string): string {
    const logicalId = `${logicalIdOf(parameterName)}Value`;
    const known = this.node.tryFindChild(logicalId);
    if (known instanceof CfnParameter) return known.valueAsString;
    return new CfnParameter(this, logicalId, {
      type: 'AWS::SSM::Parameter::Value<String>',
      default: parameterName,
      description: `Name of the parameter that another stack writes: ${parameterName}`,
    }).valueAsString;
  }

  /** Lets other stacks read a value. */
  publish(parameterName: string, value: string): void {
    new CfnSsmParameter(this, `${logicalIdOf(parameterName)}Parameter`, {
      name: parameterName,
      type: 'String',
      value,
    });
  }

  /** Tells people and tools a value: `pnpm outputs` prints it. */
  output(id: string, value: string, description?: string): void {
    new CfnOutput(this, id, { value, ...(description && { description }) });
  }
}

/** `/shipline/local/orders/table-name` as `OrdersTableName`. */
const logicalIdOf = (parameterName: string) => parameterName.split('/').slice(3).map(pascalCase).join('');
