import { CloudWatchClient, type GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { expect, it, vi } from 'vitest';
import { countsFrom, readVersionCounts } from '../../src/releases/version-counts.js';

it('counts what either version did over all periods', () => {
  const results = [
    { Id: 'oldRequests', Values: [40, 2] },
    { Id: 'newRequests', Values: [5] },
    { Id: 'newErrors', Values: [1, 1] },
  ];

  expect(countsFrom(results)).toEqual({
    old: { requests: 42, errors: 0 },
    new: { requests: 5, errors: 2 },
  });
});

it('asks for a time that is not empty, also for what has begun after the clock was looked at', async () => {
  const client = new CloudWatchClient({ region: 'us-east-1' });
  const send = vi.spyOn(client, 'send').mockImplementation(() => ({}) as never);

  await readVersionCounts(client, {}, { since: 70_000, until: 60_000, period: 1 });

  const command = send.mock.calls[0]?.[0] as unknown as GetMetricDataCommand;
  expect(command.input.EndTime?.getTime()).toBeGreaterThan(command.input.StartTime?.getTime() ?? Infinity);
});
