import { describe, expect, it } from 'vitest';
import { environmentNames } from '../src/environment.js';
import { type ServiceName, services } from '../src/names.js';
import { synthesisOf } from './synthesis.js';
import { listOf, ofType, type Resource, references, type Template } from './template.js';

const aliases = (template: Template) => [
  ...ofType(template, 'AWS::Lambda::Alias'),
  ...ofType(template, 'AWS::StepFunctions::StateMachineAlias'),
];

/** Of `services/<service>/src/functions`: what answers people or a checkout shifts, what reads a queue does not. */
const shiftingOf: Record<ServiceName, string[]> = {
  catalog: ['api', 'quote'],
  inventory: ['api', 'reserve', 'commit-stock', 'release-stock'],
  cart: ['api'],
  orders: ['api', 'close-order', 'park-order'],
  payments: ['api', 'authorise', 'capture', 'void-payment', 'look-up'],
  notifications: [],
};

const groups = (template: Template) =>
  ofType(template, 'AWS::CodeDeploy::DeploymentGroup').map(([id, { Properties = {} }]) => ({
    id,
    name: String(Properties['DeploymentGroupName']),
    configuration: Properties['DeploymentConfigName'],
    alarms: (Properties['AlarmConfiguration'] as { Alarms: { Name: { Ref: string } }[] }).Alarms.map(
      ({ Name }) => Name.Ref,
    ),
    rollback: Properties['AutoRollbackConfiguration'],
  }));

/** Everything that CloudFormation finishes before it begins with a resource. */
function before(template: Template, id: string, seen = new Set<string>()): Set<string> {
  const { Properties, UpdatePolicy, DependsOn } = template.Resources[id] ?? ({ Type: '' } satisfies Resource);
  for (const next of [...references(Properties), ...references(UpdatePolicy), ...listOf(DependsOn)]) {
    if (seen.has(next)) continue;
    seen.add(next);
    before(template, next, seen);
  }
  return seen;
}

describe.each(environmentNames)('a release in %s', (name) => {
  const { templates, environment } = synthesisOf(name);

  it.each(services)('shifts what somebody waits for in %s, and nothing else', (service) => {
    const template = templates[service];
    expect(groups(template).map((group) => group.name)).toEqual(expect.arrayContaining(shiftingOf[service]));
    expect(groups(template)).toHaveLength(shiftingOf[service].length);
    const shifted = ofType(template, 'AWS::Lambda::Alias').filter(([, alias]) => alias.UpdatePolicy);
    expect(shifted).toHaveLength(shiftingOf[service].length);
    for (const [, { UpdatePolicy }] of shifted)
      expect(UpdatePolicy).toMatchObject({
        CodeDeployLambdaAliasUpdate: {
          DeploymentGroupName: { Ref: expect.any(String) },
          BeforeAllowTrafficHook: { Ref: expect.stringMatching(/CheckReleaseFunction$/) },
        },
      });
  });

  it('watches the new version alone, by alarms of its own, and takes it back whatever goes wrong', () => {
    for (const service of services) {
      const template = templates[service];
      for (const { alarms, rollback, name: group } of groups(template)) {
        expect(alarms).toHaveLength(group === 'api' ? 2 : 1);
        for (const alarm of alarms) {
          const { Dimensions, AlarmName } = template.Resources[alarm]?.Properties ?? {};
          const version = (Dimensions as { Name: string; Value: unknown }[]).find(
            (dimension) => dimension.Name === 'ExecutedVersion',
          )?.Value;
          expect(references(version)).toEqual([expect.stringMatching(/CurrentVersion/)]);
          expect(references(AlarmName)).toEqual(references(version));
        }
        expect(rollback).toEqual({
          Enabled: true,
          Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'],
        });
      }
    }
  });

  it('takes a state machine back by what AWS documents of executions behind its alias', () => {
    const [[, alias] = []] = ofType(templates.orders, 'AWS::StepFunctions::StateMachineAlias');
    const [watched] = references(alias?.Properties?.['DeploymentPreference']).filter(
      (id) => templates.orders.Resources[id]?.Type === 'AWS::CloudWatch::Alarm',
    );
    expect(templates.orders.Resources[watched ?? '']?.Properties).toMatchObject({
      Namespace: 'AWS/States',
      MetricName: 'ExecutionsFailed',
      Dimensions: [
        { Name: 'Alias', Value: alias?.Properties?.['Name'] },
        { Name: 'StateMachineArn', Value: { Ref: expect.any(String) } },
      ],
    });
  });

  it('wakes nobody by the alarm of a state machine, which after the release counts whatever fails', () => {
    const alarms = ofType(templates.orders, 'AWS::CloudWatch::Alarm').map(
      ([, { Properties = {} }]) => Properties,
    );
    const watching = alarms.filter(({ Dimensions }) => JSON.stringify(Dimensions ?? []).includes('"Alias"'));
    expect(watching.map(({ AlarmActions }) => AlarmActions)).toEqual([undefined]);
  });

  it('moves all aliases of a stack at the same time: none waits for another', () => {
    for (const template of Object.values(templates)) {
      const ids = aliases(template).map(([id]) => id);
      for (const id of ids)
        expect([...before(template, id)].filter((other) => ids.includes(other))).toEqual([]);
    }
  });

  it('goes as fast as the environment’s data say, in CodeDeploy’s predefined steps', () => {
    const expected = {
      local: [
        'CodeDeployDefault.LambdaCanary10Percent5Minutes',
        { Type: 'CANARY', Percentage: 10, Interval: 5 },
      ],
      dev: ['CodeDeployDefault.LambdaAllAtOnce', { Type: 'ALL_AT_ONCE' }],
      staging: [
        'CodeDeployDefault.LambdaLinear10PercentEvery1Minute',
        { Type: 'LINEAR', Percentage: 10, Interval: 1 },
      ],
      prod: [
        'CodeDeployDefault.LambdaCanary10Percent10Minutes',
        { Type: 'CANARY', Percentage: 10, Interval: 10 },
      ],
    } as const;
    const [configuration, preference] = expected[name];
    for (const service of services)
      for (const group of groups(templates[service])) expect(group.configuration).toBe(configuration);
    const [[, alias] = []] = ofType(templates.orders, 'AWS::StepFunctions::StateMachineAlias');
    expect(alias?.Properties?.['DeploymentPreference']).toMatchObject(preference);
  });

  it('is checked without a trace where real customers buy', () => {
    for (const service of services.filter((one) => shiftingOf[one].length > 0)) {
      const check = Object.entries(templates[service].Resources).find(([id]) =>
        id.endsWith('CheckReleaseFunction'),
      )?.[1];
      expect(check?.Properties?.['Environment']).toMatchObject({
        Variables: {
          RELEASE_CHECKS: name === 'prod' ? 'read-only' : 'all',
          CHECK_SKU: environment.release.checkSku,
        },
      });
    }
  });
});
