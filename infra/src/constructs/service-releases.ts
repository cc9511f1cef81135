import { CfnApplication } from 'aws-cdk-lib/aws-codedeploy';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { accept, reasons } from '../nag.js';
import { physicalName, type ServiceName } from '../names.js';
import { ShiplineStack } from '../shipline-stack.js';
import { ServiceFunction } from './service-function.js';

/**
 * What the releases of a service's functions share: CodeDeploy's application, the role that may move exactly these
 * aliases, and the function that checks a new version before anybody else meets it.
 */
export class ServiceReleases extends Construct {
  /** CodeDeploy's application: what was released, and how it went. */
  readonly applicationName: string;
  /** `services/<service>/src/functions/check-release.ts` */
  readonly check: ServiceFunction;
  readonly role: Role;

  constructor(scope: Construct, service: ServiceName) {
    super(scope, 'Releases');
    const { name, release } = ShiplineStack.of(this).environmentData;
    this.applicationName = new CfnApplication(this, 'Application', {
      applicationName: physicalName(name, service),
      computePlatform: 'Lambda',
    }).ref;
    this.check = new ServiceFunction(this, {
      service,
      name: 'check-release',
      kind: 'check',
      userImpact: 'None: a new version that cannot be checked is not released.',
    });
    this.check.setVariable('RELEASE_CHECKS', release.checks).setVariable('CHECK_SKU', release.checkSku);
    this.answerCodeDeploy();
    this.role = this.codeDeployRole();
  }

  /**
   * Lets CodeDeploy move the function's alias, and the check call each of its versions. All by name: what is shared
   * by functions must not wait for any of them, or they would be released one after the other.
   */
  admit({ functionArn, liveArn }: ServiceFunction): void {
    this.role.addToPolicy(
      new PolicyStatement({
        actions: ['lambda:GetAlias', 'lambda:UpdateAlias', 'lambda:GetProvisionedConcurrencyConfig'],
        resources: [functionArn, liveArn],
      }),
    );
    this.check.allow(['lambda:InvokeFunction'], [`${functionArn}:*`]);
    accept(this.check.role, {
      [`AwsSolutions-IAM5[Resource::${functionArn}:*]`]: reasons.namedByAws,
    });
  }

  /**
   * By the Service Authorization Reference ("Actions, resources, and condition keys for AWS CodeDeploy") these actions
   * have no resource. Policies in public name `deploymentgroup:<application>/*` for the answer: whether that is enough
   * is open until it was tried on AWS (docs/verified-on-aws.md). A hook that may not answer stops every release.
   */
  private answerCodeDeploy(): void {
    this.check.allow(
      [
        'codedeploy:ListDeploymentTargets',
        'codedeploy:BatchGetDeploymentTargets',
        'codedeploy:PutLifecycleEventHookExecutionStatus',
      ],
      ['*'],
    );
    accept(this.check.role, {
      'AwsSolutions-IAM5[Resource::*]': reasons.noResources,
    });
  }

  private codeDeployRole(): Role {
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('codedeploy.amazonaws.com') });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: [this.check.function.functionArn],
      }),
    );
    role.addToPolicy(new PolicyStatement({ actions: ['cloudwatch:DescribeAlarms'], resources: ['*'] }));
    accept(role, {
      'AwsSolutions-IAM5[Resource::*]':
        'CodeDeploy asks for the state of alarms as AWS’s own policy for it does: of all, reading only.',
    });
    return role;
  }
}
