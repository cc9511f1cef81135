import { ArnFormat, Duration } from 'aws-cdk-lib';
import { type IGrantable, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Alias,
  Architecture,
  type CfnFunction,
  Code,
  Function as LambdaFunction,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { accept, reasons } from '../nag.js';
import { parameters, pascalCase, physicalName, type ServiceName } from '../names.js';
import { ShiplineStack } from '../shipline-stack.js';
import { GradualRelease } from './gradual-release.js';
import { dependOnPolicyOnly } from './policy-dependency.js';
import { type Runbook, ServiceAlarm } from './service-alarm.js';
import { ServiceLogs } from './service-logs.js';
import type { ServiceReleases } from './service-releases.js';
import { runSignedCodeOnly } from './signed-code.js';
import { versionDescription } from './version-description.js';

/** What calls a function; it decides the time-out, and how a release of it shifts. */
export type FunctionKind = 'api' | 'task' | 'consumer' | 'relay' | 'schedule' | 'trigger' | 'check';

/** Somebody waits for these: a new version gets their traffic by and by. What comes from a queue is repeated. */
const shifting: readonly FunctionKind[] = ['api', 'task'];

export interface ServiceFunctionProps {
  /** The service that owns it; the bundle is `services/<service>/dist/functions/<name>`. */
  readonly service: ServiceName | 'platform';
  readonly name: string;
  readonly kind: FunctionKind;
  /** What users feel while it fails, in one sentence. */
  readonly userImpact: string;
  /** What its service's releases share; without them the alias moves at once. */
  readonly releases?: () => ServiceReleases;
  readonly timeout?: Duration;
  readonly memoryMb?: number;
}

// The gateway's client gives up after 8 s, a task after 20 s, the state machine's attempt after 30 s.
const timeoutSeconds: Record<FunctionKind, number> = {
  api: 10,
  task: 20,
  consumer: 20,
  // It waits for a bus that is out of order.
  relay: 60,
  schedule: 50,
  trigger: 5,
  check: 60,
};

/** Consumers and relays are retried from a queue: what they leave there rings, not a single failure. */
const faultRunbook: Partial<Record<FunctionKind, Runbook>> = {
  api: 'docs/runbooks/api-faults.md',
  task: 'docs/runbooks/task-faults.md',
  schedule: 'docs/runbooks/schedule-faults.md',
  trigger: 'docs/runbooks/sign-up-faults.md',
};

/**
 * A Lambda function behind its alias `live`: callers know the alias only. Its role begins with writing its own
 * log and trace; everything else is granted by name.
 */
export class ServiceFunction extends Construct implements IGrantable {
  readonly props: ServiceFunctionProps;
  /** `OrdersApiFunction` */
  readonly logicalId: string;
  readonly function: LambdaFunction;
  /** `shipline-prod-orders-api` */
  readonly functionName: string;
  /** Whether a new version takes over by and by. */
  readonly shifts: boolean;
  /** By name and not by reference, for what must not wait until the function is released. */
  readonly functionArn: string;
  /** The alias's, by name. */
  readonly liveArn: string;
  /** Where every caller goes; a release moves it to the new version. */
  readonly alias: Alias;
  readonly role: Role;
  readonly grantPrincipal: Role;
  private readonly variables = new Map<string, string>();

  constructor(scope: Construct, props: ServiceFunctionProps) {
    const logicalName = pascalCase(props.service) + pascalCase(props.name);
    super(scope, logicalName);
    this.props = props;
    const stack = ShiplineStack.of(this);
    const { name: environment, functions } = stack.environmentData;
    const functionName = physicalName(environment, props.service, props.name);
    this.functionName = functionName;
    this.shifts = props.releases !== undefined && shifting.includes(props.kind);
    const logGroup = new ServiceLogs(this, 'Logs', `/aws/lambda/${functionName}`);
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.grantPrincipal = this.role;
    logGroup.grantWrite(this.role);
    const reserved = functions.reservedConcurrency[`${props.service}/${props.name}`];
    const warm = functions.provisionedConcurrency[`${props.service}/${props.name}`];
    this.function = new LambdaFunction(this, 'Function', {
      functionName,
      description: `Shipline's ${props.service}: ${props.name} (${props.kind})`,
      role: this.role,
      runtime: Runtime.NODEJS_24_X,
      architecture: functions.architecture === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64,
      handler: 'index.handler',
      code: Code.fromAsset(stack.deployment.bundles(props.service, props.name)),
      memorySize: props.memoryMb ?? functions.memoryMb,
      timeout: props.timeout ?? Duration.seconds(timeoutSeconds[props.kind]),
      logGroup,
      tracing: Tracing.ACTIVE,
      currentVersionOptions: { description: versionDescription(this.variables) },
      environment: {
        POWERTOOLS_SERVICE_NAME: props.service,
        SHIPLINE_ENVIRONMENT: environment,
      },
      ...(reserved !== undefined && { reservedConcurrentExecutions: reserved }),
    });
    this.functionArn = stack.formatArn({
      service: 'lambda',
      resource: 'function',
      resourceName: functionName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    this.liveArn = `${this.functionArn}:live`;
    this.alias = new Alias(this, 'Live', {
      aliasName: 'live',
      version: this.function.currentVersion,
      ...(warm !== undefined && { provisionedConcurrentExecutions: warm }),
    });
    accept(this.role, {
      'AwsSolutions-IAM5[Resource::*]': reasons.noResources,
    });
    this.logicalId = `${logicalName}Function`;
    this.nameForSam();
    this.alarmOnFaults();
    if (props.releases && this.shifts) new GradualRelease(this, props.releases());
  }

  /** Gives the function a variable; `src/config.ts` of its service parses it. */
  setVariable(name: string, value: string): this {
    this.function.addEnvironment(name, value);
    this.variables.set(name, value);
    return this;
  }

  /** Allows exactly these actions on exactly these resources. */
  allow(actions: readonly string[], resources: readonly string[]): this {
    this.role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
    return this;
  }

  /** Lets other stacks call it: they find the ARN of `live` in Parameter Store. */
  publishAlias(): this {
    const { service, name } = this.props;
    if (service === 'platform') throw new Error('Only services publish functions.');
    const stack = ShiplineStack.of(this);
    stack.publish(parameters(stack.environmentData.name).function(service, name), this.alias.functionArn);
    return this;
  }

  /** Lets it call another service's published function, whose ARN it gets as `<SERVICE>_<NAME>_FUNCTION`. */
  mayInvoke(service: ServiceName, name: string): this {
    const stack = ShiplineStack.of(this);
    const arn = stack.read(stack.names.function(service, name));
    const variable = `${service}_${name}_FUNCTION`.toUpperCase().replaceAll('-', '_');
    return this.setVariable(variable, arn).allow(['lambda:InvokeFunction'], [arn]);
  }

  /** `sam logs -n OrdersApiFunction` reads well, and `sam build` leaves our own bundle alone. */
  private nameForSam(): void {
    const { logicalId } = this;
    const resource = this.function.node.defaultChild as CfnFunction;
    runSignedCodeOnly(resource);
    resource.overrideLogicalId(logicalId);
    resource.addMetadata('SkipBuild', true);
    dependOnPolicyOnly(resource, this.role);
    ShiplineStack.of(this).output(`${logicalId}Name`, this.function.functionName);
  }

  private alarmOnFaults(): void {
    const { service, name, kind, userImpact } = this.props;
    const runbook = faultRunbook[kind];
    if (!runbook) return;
    const { faults, windowMinutes } = ShiplineStack.of(this).environmentData.alarms;
    new ServiceAlarm(this, 'Faults', {
      name: `${service}-${name}-faults`,
      metric: this.alias.metricErrors({ period: Duration.minutes(windowMinutes), statistic: 'Sum' }),
      threshold: faults,
      userImpact,
      runbook,
    });
  }
}
