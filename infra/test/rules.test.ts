import { describe, expect, it } from 'vitest';
import * as rules from './rules.js';
import { everyTemplate } from './synthesis.js';
import type { Template } from './template.js';

describe('every template of every environment', () => {
  const templates = everyTemplate();
  it.each(Object.entries(rules.rules))('keeps the rule %s', (_, rule) => {
    const findings = templates.flatMap(([title, template]) =>
      rule(template).map((found) => `${title}: ${found}`),
    );
    expect(findings).toEqual([]);
  });
});

const template = (Resources: Template['Resources'], Outputs: Template['Outputs'] = {}): Template => ({
  Resources,
  Outputs,
});
const policy = (statement: object) =>
  template({
    P: {
      Type: 'AWS::IAM::Policy',
      Properties: { PolicyDocument: { Statement: [{ Effect: 'Allow', ...statement }] } },
    },
  });
const queue = (Properties: object, more: Template['Resources'] = {}) =>
  template({ Q: { Type: 'AWS::SQS::Queue', Properties: { ...Properties } }, ...more });
const alarm = (AlarmDescription: string) =>
  template({ A: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmDescription } } });
const fn = { F: { Type: 'AWS::Lambda::Function' } };

describe('a planted violation is seen by', () => {
  const planted: [keyof typeof rules.rules, string, Template, string[]][] = [
    [
      'grantsNameTheirActions',
      'a wildcard action',
      policy({ Action: 'dynamodb:*', Resource: 'a' }),
      ['P allows dynamodb:*'],
    ],
    [
      'grantsNameTheirResources',
      'a wildcard resource',
      policy({ Action: ['s3:GetObject'], Resource: '*' }),
      ['P allows s3:GetObject on everything'],
    ],
    [
      'rolesHaveNoManagedPolicies',
      'a managed policy',
      template({ R: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: ['a'] } } }),
      ['R has a managed policy'],
    ],
    [
      'queuesLoseNothing',
      'a queue alone',
      queue({}),
      ['Q has no dead-letter queue, and is none with alarm and 14 days'],
    ],
    [
      'queuesLoseNothing',
      'a silent dead-letter queue',
      queue({ RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['D', 'Arn'] } } }),
      ['Q leads to D, which has no alarm'],
    ],
    [
      'queuesAreEncryptedAndTlsOnly',
      'an open queue',
      queue({}),
      ['Q can be reached without TLS', 'Q is not encrypted'],
    ],
    [
      'logsAreForgotten',
      'an eternal log',
      template({ L: { Type: 'AWS::Logs::LogGroup', Properties: {} } }),
      ['L keeps logs for ever'],
    ],
    ['logsAreForgotten', "Lambda's own log group", template(fn), ['F has no log group of its own']],
    [
      'callersUseTheAlias',
      'a direct call',
      template({
        ...fn,
        M: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { Ref: 'F' } } },
      }),
      ['M calls F past its alias'],
    ],
    [
      'alarmsTellWhatToDo',
      'a silent alarm',
      alarm('CPU is high'),
      ['A does not say what users feel and which runbook helps'],
    ],
    [
      'alarmsTellWhatToDo',
      'a missing runbook',
      alarm('Nobody can pay. Runbook: docs/runbooks/none.md'),
      ['A names docs/runbooks/none.md, which does not exist'],
    ],
    [
      'alarmsReachPeople',
      'an alarm that nobody hears',
      template({
        A: { Type: 'AWS::CloudWatch::Alarm' },
        B: { Type: 'AWS::CloudWatch::Alarm' },
        C: {
          Type: 'AWS::CloudWatch::CompositeAlarm',
          Properties: { AlarmRule: { Ref: 'B' }, AlarmActions: [] },
        },
      }),
      ['A tells nobody', 'C tells nobody'],
    ],
    [
      'alarmsReachPeople',
      'an alarm that no release watches',
      template({
        A: { Type: 'AWS::CloudWatch::Alarm' },
        B: { Type: 'AWS::CloudWatch::Alarm' },
        L: {
          Type: 'AWS::StepFunctions::StateMachineAlias',
          Properties: { DeploymentPreference: { Alarms: [{ Ref: 'A' }] } },
        },
      }),
      ['B tells nobody'],
    ],
    [
      'stacksStandAlone',
      'a custom resource',
      template({ C: { Type: 'Custom::Upload' } }),
      ['C is a Custom::Upload'],
    ],
    [
      'stacksStandAlone',
      'an export',
      template({}, { O: { Value: 'v', Export: { Name: 'n' } } }),
      ['O is exported'],
    ],
    [
      'stacksStandAlone',
      'an import',
      policy({ Action: 'a:B', Resource: { 'Fn::ImportValue': 'x' } }),
      ['a value is imported'],
    ],
  ];
  it.each(planted)('%s: %s', (name, _, planted, findings) => {
    expect(rules.rules[name]?.(planted)).toEqual(findings);
  });
});
