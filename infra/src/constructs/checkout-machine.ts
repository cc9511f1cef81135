import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ArnFormat } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  type CfnStateMachine,
  DefinitionBody,
  LogLevel,
  StateMachine,
  StateMachineType,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { accept, reasons } from '../nag.js';
import { physicalName } from '../names.js';
import { ShiplineStack } from '../shipline-stack.js';
import { dependOnPolicyOnly } from './policy-dependency.js';
import { alarmPeriod, ServiceAlarm } from './service-alarm.js';
import type { ServiceFunction } from './service-function.js';
import { ServiceLogs } from './service-logs.js';
import { StateMachineRelease } from './state-machine-release.js';

/** ARN of each task's alias `live`, by the name that the definition has for it. */
export type CheckoutTasks = Readonly<
  Record<
    | 'AuthoriseFunction'
    | 'CommitStockFunction'
    | 'CaptureFunction'
    | 'VoidPaymentFunction'
    | 'ReleaseStockFunction'
    | 'CloseOrderFunction'
    | 'ParkOrderFunction',
    string
  >
>;

/** Owned by the orders service: CDK only fills in the functions. */
const definitionFile = resolve(
  import.meta.dirname,
  '../../../services/orders/state-machine/checkout.asl.json',
);

/** The checkout: a Standard state machine that may call its seven tasks and nothing else. */
export class CheckoutMachine extends Construct {
  readonly stateMachine: StateMachine;
  /** By name. */
  readonly machineArn: string;
  /** The alias `live`, by name: what starts executions is not released after the machine, but with it. */
  readonly liveArn: string;
  private readonly machineName: string;

  constructor(scope: Construct, tasks: CheckoutTasks) {
    super(scope, 'Checkout');
    const stack = ShiplineStack.of(this);
    const { name, logs } = stack.environmentData;
    const stateMachineName = physicalName(name, 'checkout');
    this.machineName = stateMachineName;
    const role = new Role(this, 'Role', { assumedBy: onlyOurs(stack.account) });
    role.addToPolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: Object.values(tasks) }),
    );
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      stateMachineName,
      stateMachineType: StateMachineType.STANDARD,
      // Inline, and without its white space: SAM packages no definition files.
      definitionBody: DefinitionBody.fromString(
        JSON.stringify(JSON.parse(readFileSync(definitionFile, 'utf8'))),
      ),
      definitionSubstitutions: { ...tasks },
      role,
      tracingEnabled: true,
      logs: {
        destination: new ServiceLogs(this, 'Logs', `/aws/vendedlogs/states/${stateMachineName}`),
        level: LogLevel[logs.checkout],
        includeExecutionData: true,
      },
    });
    dependOnPolicyOnly(this.stateMachine.node.defaultChild as CfnStateMachine, role);
    accept(role, {
      'AwsSolutions-IAM5[Resource::*]': reasons.noResources,
    });
    if (logs.checkout === 'ERROR')
      accept(this.stateMachine, {
        'AwsSolutions-SF1':
          'Every step is kept for 90 days in the history; logging all of them again costs more than the tasks.',
      });
    this.machineArn = stack.formatArn({
      service: 'states',
      resource: 'stateMachine',
      resourceName: stateMachineName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    this.liveArn = `${this.machineArn}:live`;
    new StateMachineRelease(this, this.stateMachine, 'checkout');
    stack.publish(stack.names.stateMachineArn, this.stateMachine.stateMachineArn);
    stack.output('StateMachineArn', this.stateMachine.stateMachineArn);
    stack.output('StateMachineName', this.stateMachine.stateMachineName);
    this.alarmOnFailures();
  }

  /** Lets a function start executions behind `live`. IAM is asked about the machine; its alias is a condition. */
  allowStart(fn: ServiceFunction): void {
    const { liveArn, machineArn } = this;
    fn.setVariable('STATE_MACHINE_ARN', liveArn).role.addToPolicy(
      new PolicyStatement({
        actions: ['states:StartExecution'],
        resources: [machineArn],
        conditions: { 'ForAnyValue:StringEquals': { 'states:StateMachineQualifier': ['live'] } },
      }),
    );
  }

  /** Lets a function see how executions of this machine ended. */
  allowLook(fn: ServiceFunction): void {
    const { region, account } = ShiplineStack.of(this);
    const executions = `arn:aws:states:${region}:${account}:execution:${this.machineName}:*`;
    fn.allow(['states:DescribeExecution'], [executions]);
    accept(fn.role, {
      [`AwsSolutions-IAM5[Resource::${executions}]`]: reasons.namedByAws,
    });
  }

  /** An execution fails on purpose only after it has parked its order. */
  private alarmOnFailures(): void {
    new ServiceAlarm(this, 'Parked', {
      name: 'checkout-parked',
      metric: this.stateMachine.metricFailed({ period: alarmPeriod, statistic: 'Sum' }),
      threshold: 1,
      userImpact: 'A customer does not know whether the order is paid: it waits in review.',
      runbook: 'docs/runbooks/orders-in-review.md',
    });
  }
}

/** Step Functions, working for this account: nobody else's state machine can have our role assumed for it. */
const onlyOurs = (account: string) =>
  new ServicePrincipal('states.amazonaws.com', {
    conditions: { StringEquals: { 'aws:SourceAccount': account } },
  });
