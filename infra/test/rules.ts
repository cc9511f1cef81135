import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { identityStatements, listOf, ofType, references, type Template } from './template.js';

/** A rule looks at one template and says what is wrong, one sentence per finding. */
export type Rule = (template: Template) => string[];

const repository = resolve(import.meta.dirname, '../..');

/** Actions that AWS defines without a resource, or asks for without one. */
const withoutResource = new Set([
  // It has, but CodeDeploy asks for alarms as its own managed policy allows it: all of them.
  'cloudwatch:DescribeAlarms',
  // What a hook asks of its deployment, and what it answers.
  'codedeploy:ListDeploymentTargets',
  'codedeploy:BatchGetDeploymentTargets',
  'codedeploy:PutLifecycleEventHookExecutionStatus',
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
  'logs:CreateLogDelivery',
  'logs:GetLogDelivery',
  'logs:UpdateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
]);

export const grantsNameTheirActions: Rule = (template) =>
  identityStatements(template).flatMap(([id, { Action }]) =>
    listOf(Action)
      .filter((action) => action.includes('*'))
      .map((action) => `${id} allows ${action}`),
  );

export const grantsNameTheirResources: Rule = (template) =>
  identityStatements(template).flatMap(([id, { Action, Resource }]) =>
    listOf(Resource).includes('*')
      ? listOf(Action)
          .filter((action) => !withoutResource.has(action))
          .map((action) => `${id} allows ${action} on everything`)
      : [],
  );

export const rolesHaveNoManagedPolicies: Rule = (template) =>
  ofType(template, 'AWS::IAM::Role')
    .filter(([, { Properties }]) => Properties?.['ManagedPolicyArns'] !== undefined)
    .map(([id]) => `${id} has a managed policy`);

/** A queue either hands on what it cannot deliver, or it is where that waits: 14 days, with an alarm. */
export const queuesLoseNothing: Rule = (template) => {
  const alarmed = new Set(
    ofType(template, 'AWS::CloudWatch::Alarm')
      .filter(([, { Properties }]) => Properties?.['MetricName'] === 'ApproximateNumberOfMessagesVisible')
      .flatMap(([, { Properties }]) => references(Properties?.['Dimensions'])),
  );
  return ofType(template, 'AWS::SQS::Queue').flatMap(([id, { Properties = {} }]) => {
    const redrive = Properties['RedrivePolicy'] as { deadLetterTargetArn?: unknown } | undefined;
    if (redrive) {
      const target = references(redrive.deadLetterTargetArn)[0] ?? '';
      return alarmed.has(target) ? [] : [`${id} leads to ${target}, which has no alarm`];
    }
    const kept = Properties['MessageRetentionPeriod'] === 14 * 24 * 3600;
    return alarmed.has(id) && kept
      ? []
      : [`${id} has no dead-letter queue, and is none with alarm and 14 days`];
  });
};

export const queuesAreEncryptedAndTlsOnly: Rule = (template) => {
  const denies = (document: unknown) => JSON.stringify(document).includes('"aws:SecureTransport":"false"');
  const tlsOnly = new Set(
    ofType(template, 'AWS::SQS::QueuePolicy')
      .filter(([, { Properties }]) => denies(Properties?.['PolicyDocument']))
      .flatMap(([, { Properties }]) => references(Properties?.['Queues'])),
  );
  return ofType(template, 'AWS::SQS::Queue').flatMap(([id, { Properties }]) => [
    ...(tlsOnly.has(id) ? [] : [`${id} can be reached without TLS`]),
    ...(Properties?.['SqsManagedSseEnabled'] === true ? [] : [`${id} is not encrypted`]),
  ]);
};

export const logsAreForgotten: Rule = (template) => [
  ...ofType(template, 'AWS::Logs::LogGroup')
    .filter(([, { Properties }]) => typeof Properties?.['RetentionInDays'] !== 'number')
    .map(([id]) => `${id} keeps logs for ever`),
  ...ofType(template, 'AWS::Lambda::Function')
    .filter(([, { Properties }]) => {
      const logging = Properties?.['LoggingConfig'] as { LogGroup?: unknown } | undefined;
      return !references(logging?.LogGroup).some(
        (id) => template.Resources[id]?.Type === 'AWS::Logs::LogGroup',
      );
    })
    .map(([id]) => `${id} has no log group of its own`),
];

/** Whoever calls a function goes through its alias, or a release could not shift it. */
export const callersUseTheAlias: Rule = (template) => {
  const callers: [string, string][] = [
    ['AWS::Lambda::EventSourceMapping', 'FunctionName'],
    ['AWS::Lambda::Permission', 'FunctionName'],
    ['AWS::ApiGatewayV2::Integration', 'IntegrationUri'],
    ['AWS::Events::Rule', 'Targets'],
    ['AWS::Cognito::UserPool', 'LambdaConfig'],
    ['AWS::StepFunctions::StateMachine', 'DefinitionSubstitutions'],
  ];
  return callers.flatMap(([type, property]) =>
    ofType(template, type).flatMap(([id, { Properties }]) =>
      references(Properties?.[property])
        .filter((target) => template.Resources[target]?.Type === 'AWS::Lambda::Function')
        .map((target) => `${id} calls ${target} past its alias`),
    ),
  );
};

const alarmsOf = (template: Template) => [
  ...ofType(template, 'AWS::CloudWatch::Alarm'),
  ...ofType(template, 'AWS::CloudWatch::CompositeAlarm'),
];

export const alarmsTellWhatToDo: Rule = (template) =>
  alarmsOf(template).flatMap(([id, { Properties }]) => {
    const [, impact = '', runbook = ''] =
      /^(.*\.) Runbook: (docs\/runbooks\/\S+\.md)$/.exec(String(Properties?.['AlarmDescription'])) ?? [];
    if (!impact) return [`${id} does not say what users feel and which runbook helps`];
    return existsSync(resolve(repository, runbook)) ? [] : [`${id} names ${runbook}, which does not exist`];
  });

/** An alarm rings by itself, it is a part of one that does, or a state machine's release is what it tells. */
export const alarmsReachPeople: Rule = (template) => {
  const heard = new Set([
    ...ofType(template, 'AWS::CloudWatch::CompositeAlarm').flatMap(([, { Properties }]) =>
      references(Properties?.['AlarmRule']),
    ),
    ...releaseSignals(template),
  ]);
  return alarmsOf(template)
    .filter(([id, { Properties }]) => !heard.has(id) && !listOf(Properties?.['AlarmActions']).length)
    .map(([id]) => `${id} tells nobody`);
};

/** What CloudFormation looks at while it moves a state machine's alias; it names the alarm in the stack's events. */
const releaseSignals = (template: Template): string[] =>
  ofType(template, 'AWS::StepFunctions::StateMachineAlias').flatMap(([, { Properties }]) =>
    references((Properties?.['DeploymentPreference'] as { Alarms?: unknown } | undefined)?.Alarms),
  );

/** Stacks meet in Parameter Store, and SAM can package them: nothing nested, nothing custom, nothing exported. */
export const stacksStandAlone: Rule = (template) => [
  ...Object.entries(template.Resources)
    .filter(([, { Type }]) => /^(Custom::|AWS::CloudFormation::|AWS::Serverless::)/.test(Type))
    .map(([id, { Type }]) => `${id} is a ${Type}`),
  ...Object.entries(template.Outputs ?? {})
    .filter(([, { Export }]) => Export !== undefined)
    .map(([id]) => `${id} is exported`),
  ...(/"Fn::(ImportValue|GetStackOutput)"/.test(JSON.stringify(template)) ? ['a value is imported'] : []),
];

export const rules: Readonly<Record<string, Rule>> = {
  grantsNameTheirActions,
  grantsNameTheirResources,
  rolesHaveNoManagedPolicies,
  queuesLoseNothing,
  queuesAreEncryptedAndTlsOnly,
  logsAreForgotten,
  callersUseTheAlias,
  alarmsTellWhatToDo,
  alarmsReachPeople,
  stacksStandAlone,
};
