import { describe, expect, it } from 'vitest';
import { synthesisOf } from './synthesis.js';
import { propertiesOf } from './template.js';

describe('the objectives of checkout', () => {
  const { orders } = synthesisOf('prod').templates;
  const alarms = propertiesOf(orders, 'AWS::CloudWatch::Alarm').filter(({ AlarmName }) =>
    String(AlarmName).includes('-burn-'),
  );

  it('are watched over the windows and at the rates of the SRE workbook', () => {
    const watched = alarms.map(({ AlarmName, Threshold }) => `${AlarmName} ${Threshold}`).toSorted();
    const windows = ['burn-1h 14.4', 'burn-24h 3', 'burn-2h 3', 'burn-30m 6', 'burn-5m 14.4', 'burn-6h 6'];
    expect(watched).toEqual(
      ['availability', 'promptness'].flatMap((what) =>
        windows.map((window) => `shipline-prod-checkout-${what}-${window}`),
      ),
    );
  });

  it('burn at 1 where exactly what they allow fails', () => {
    const expressions = alarms.flatMap(({ Metrics }) =>
      (Metrics as { Expression?: string }[]).flatMap(({ Expression }) => Expression ?? []),
    );
    expect(new Set(expressions)).toEqual(
      new Set(['IF(bad >= 10, bad / total / 0.001, 0)', 'IF(bad >= 10, bad / total / 0.01, 0)']),
    );
  });

  it('ring when a long and a short window agree', () => {
    const rules = propertiesOf(orders, 'AWS::CloudWatch::CompositeAlarm').map(
      ({ AlarmName, AlarmRule }) => `${AlarmName}: ${ruleOf(AlarmRule)}`,
    );
    const windowsOf = (speed: string) =>
      speed === 'fast' ? '((1h AND 5m) OR (6h AND 30m))' : '((24h AND 2h))';
    expect(rules.toSorted()).toEqual(
      ['availability-fast', 'availability-slow', 'promptness-fast', 'promptness-slow'].map(
        (name) => `shipline-prod-checkout-${name}-burn: ${windowsOf(name.split('-')[1] ?? '')}`,
      ),
    );
  });

  /** A rule with the windows of its alarms instead of their ARNs. */
  function ruleOf(rule: unknown): string {
    const { 'Fn::Join': join } = rule as {
      'Fn::Join': [string, (string | { 'Fn::GetAtt': [string, string] })[]];
    };
    const parts = join[1].map((part) => {
      if (typeof part === 'string') return part;
      const name = orders.Resources[part['Fn::GetAtt'][0]]?.Properties?.['AlarmName'];
      return String(name).split('-').at(-1);
    });
    return parts.join('').replaceAll(/ALARM\("(\w+)"\)/g, '$1');
  }
});
