import { contract } from '@shipline/testing/contract';
import { expect, it } from 'vitest';
import type { MailLog } from '../../src/ports/mail-log.js';
import { now } from '../builders.js';

const after = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const minute = { now, until: after(60) };

export const describeMailLog = contract<MailLog>('a log of mails', (log) => {
  it('gives an event’s lease to the first who asks', async () => {
    expect(await log().takeLease('order#1', minute)).toBe('taken');
    expect(await log().takeLease('order#1', minute)).toBe('held');
  });

  it('gives one lease to many who ask at once', async () => {
    const outcomes = await Promise.all([1, 2, 3, 4, 5].map(() => log().takeLease('order#1', minute)));

    expect(outcomes.sort()).toEqual(['held', 'held', 'held', 'held', 'taken']);
  });

  it('keeps events apart', async () => {
    await log().takeLease('order#1', minute);
    await log().markSent('order#1', now);

    expect(await log().takeLease('order#2', minute)).toBe('taken');
  });

  it('gives the lease away again when it has run out, and not before', async () => {
    await log().takeLease('order#1', minute);

    expect(await log().takeLease('order#1', { now: after(59), until: after(119) })).toBe('held');
    expect(await log().takeLease('order#1', { now: after(60), until: after(120) })).toBe('taken');
    expect(await log().takeLease('order#1', { now: after(61), until: after(121) })).toBe('held');
  });

  it('gives no lease for what is sent, ever', async () => {
    await log().takeLease('order#1', minute);
    await log().markSent('order#1', after(1));
    await log().markSent('order#1', after(2));

    expect(await log().takeLease('order#1', minute)).toBe('sent');
    expect(await log().takeLease('order#1', { now: after(3_000), until: after(3_060) })).toBe('sent');
  });
});
