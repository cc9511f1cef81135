import { describe, expect, it } from 'vitest';
import { isOpen, windowText } from '../../src/delivery/window.js';

const window = { days: 'MON-THU', hours: [8, 15] } as const;

describe('a deployment window', () => {
  it.each([
    ['Monday, its first minute', '2026-11-23T08:00:00Z', true],
    ['Thursday, its last minute', '2026-11-26T14:59:59Z', true],
    ['Thursday, a minute late', '2026-11-26T15:00:00Z', false],
    ['Monday, a minute early', '2026-11-23T07:59:59Z', false],
    ['Friday', '2026-11-27T10:00:00Z', false],
    ['Sunday', '2026-11-29T10:00:00Z', false],
  ])('on %s', (_, now, open) => {
    expect(isOpen(window, new Date(now))).toBe(open);
  });

  it('may go over the end of the week, or be one day', () => {
    const sunday = new Date('2026-11-29T10:00:00Z');
    expect(isOpen({ ...window, days: 'FRI-MON' }, sunday)).toBe(true);
    expect(isOpen({ ...window, days: 'SUN' }, sunday)).toBe(true);
    expect(isOpen({ ...window, days: 'TUE-FRI' }, sunday)).toBe(false);
  });

  it('refuses days that are none', () => {
    expect(() => isOpen({ ...window, days: 'WORKDAYS' }, new Date(0))).toThrow('WORKDAYS');
  });

  it('is said as people read it', () => {
    expect(windowText(window)).toBe('MON-THU 8:00-15:00 UTC');
  });
});
