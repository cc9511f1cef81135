import { randomUUID } from 'node:crypto';
import { DeleteAlarmsCommand, PutMetricAlarmCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { bake, rungMeanwhile } from '@shipline/pipeline/alarms/bake';
import { wakingAlarms } from '@shipline/pipeline/alarms/waking-alarms';
import { expect, it, onTestFinished } from 'vitest';
import { cloudWatch } from '../../support/metrics.js';

const topic = 'arn:aws:sns:us-east-1:100000000001:whoever';

/** An alarm of a prefix of its own that nobody feeds. */
async function newAlarm(
  prefix: string,
  actions: string[],
): Promise<(state: 'ALARM' | 'OK') => Promise<void>> {
  const AlarmName = `${prefix}-planted`;
  await cloudWatch.send(
    new PutMetricAlarmCommand({
      AlarmName,
      Namespace: 'ByTest',
      MetricName: prefix,
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      AlarmActions: actions,
    }),
  );
  onTestFinished(async () => {
    await cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: [AlarmName] }));
  });
  return async (StateValue) => {
    await cloudWatch.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: 'planted' }));
  };
}

const baked = (prefix: string, forMs: number) => bake(cloudWatch, { prefix, forMs, everyMs: 200 });
const newPrefix = () => `baked-${randomUUID().slice(0, 8)}`;

it('ends with the first alarm that rings, with what CloudWatch saw', async () => {
  const prefix = newPrefix();
  const set = await newAlarm(prefix, [topic]);
  const baking = baked(prefix, 60_000);
  await set('ALARM');

  await expect(baking).resolves.toEqual({
    watched: 1,
    rang: new Map([[`${prefix}-planted`, 'planted']]),
  });
});

it('finds an alarm that rang and fell silent between two looks', async () => {
  const prefix = newPrefix();
  const since = new Date();
  const set = await newAlarm(prefix, [topic]);
  await set('ALARM');
  await set('OK');
  const alarms = await wakingAlarms(cloudWatch, prefix);

  expect(alarms.map(({ rings }) => rings)).toEqual([false]);
  expect([...(await rungMeanwhile(cloudWatch, alarms, since))]).toEqual([[`${prefix}-planted`, 'planted']]);
});

it('passes over an alarm that wakes nobody', async () => {
  const prefix = newPrefix();
  const set = await newAlarm(prefix, []);
  await set('ALARM');

  await expect(baked(prefix, 0)).resolves.toEqual({ watched: 0, rang: new Map() });
});
