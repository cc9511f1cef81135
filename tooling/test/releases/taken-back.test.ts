import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from 'vitest';
import { whyTakenBack } from '../../src/releases/taken-back.js';
import { release } from './builders.js';

describe('a release that was taken back', () => {
  it('is told with what CodeDeploy says of it, also when its log cannot be read', async () => {
    const send = () => Promise.reject(new Error('The specified log group does not exist.'));
    const logs = Object.assign(new CloudWatchLogsClient({ region: 'us-east-1' }), { send });
    const refused = release({
      state: 'taken back',
      reason: 'The hook reported Failed.',
      events: [{ name: 'BeforeAllowTraffic', status: 'Failed' }],
    });
    const cloudWatch = new CloudWatchClient({ region: 'us-east-1' });

    expect(await whyTakenBack({ logs, cloudWatch }, refused, 'shipline-prod-')).toEqual([
      'Taken back: orders-api 8 -> 7: The hook reported Failed.',
      '  More of it cannot be read: The specified log group does not exist.',
      '  What to do: docs/runbooks/release-taken-back.md',
    ]);
  });
});
