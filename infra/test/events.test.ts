import { describe, expect, it } from 'vitest';
import { environmentNames } from '../src/environment.js';
import { synthesisOf } from './synthesis.js';
import { identityStatements, ofType, references, type Template } from './template.js';

const properties = (template: Template, type: string) =>
  ofType(template, type).map(([, { Properties = {} }]) => Properties);

describe.each(environmentNames)('environment %s', (name) => {
  const { templates } = synthesisOf(name);
  const all = Object.values(templates);

  it('has relays that ride out five minutes without a bus, and then keep a pointer that rings', () => {
    const relays = all.flatMap((template) =>
      properties(template, 'AWS::Lambda::EventSourceMapping')
        .filter(({ StartingPosition }) => StartingPosition === 'TRIM_HORIZON')
        .map((mapping) => ({ mapping, template })),
    );
    expect(relays.map(({ mapping }) => JSON.stringify(mapping['FunctionName']))).toHaveLength(2);
    for (const { mapping, template } of relays) {
      const { DestinationConfig, MaximumRetryAttempts, ...others } = mapping;
      const [alias = ''] = references(mapping['FunctionName']);
      const [fn = ''] = references(template.Resources[alias]?.Properties?.['FunctionName']);
      const seconds = Number(template.Resources[fn]?.Properties?.['Timeout']);
      // An attempt ends up to 14 s early, where one more wait and call would not fit.
      expect((Number(MaximumRetryAttempts) + 1) * (seconds - 14)).toBeGreaterThanOrEqual(300);
      expect(others).toMatchObject({ BisectBatchOnFunctionError: true, MaximumRecordAgeInSeconds: 6 * 3600 });
      const [queue = ''] = references(DestinationConfig);
      const alarmed = properties(template, 'AWS::CloudWatch::Alarm').flatMap(({ Dimensions }) =>
        references(Dimensions),
      );
      expect(alarmed).toContain(queue);
    }
  });

  it('tells people of every parked order, with its id, its reason and where to begin', () => {
    const rule = properties(templates.orders, 'AWS::Events::Rule').find(({ EventPattern }) =>
      JSON.stringify(EventPattern ?? {}).includes('order.parked.v1'),
    );
    const [target = {}] = (rule?.['Targets'] ?? []) as Record<string, unknown>[];
    const parameter = templates.orders.Parameters?.[references(target['Arn'])[0] ?? ''];
    const { InputTemplate, InputPathsMap } = target['InputTransformer'] as Record<string, unknown>;
    const publishes = identityStatements(templates.orders).filter(
      ([, { Action }]) => Action === 'sns:Publish',
    );

    expect(parameter?.Default).toBe(`/shipline/${name}/platform/alarm-topic-arn`);
    expect(publishes.map(([, { Resource }]) => Resource)).toEqual([target['Arn']]);
    expect(Object.values(InputPathsMap as object)).toEqual(['$.detail.data.orderId', '$.detail.data.reason']);
    expect(InputTemplate).toContain('docs/runbooks/orders-in-review.md');
  });
});
