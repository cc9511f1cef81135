/** 2026-01-01T00:00:00Z: what the clocks show where a test does not care. */
export const someTime = new Date('2026-01-01T00:00:00.000Z');

/** A clock that stands still. */
export const fixedClock =
  (at: Date | string = someTime): (() => Date) =>
  () =>
    new Date(at);

export interface SteppingClock {
  (): Date;
  /** Moves the clock by milliseconds; a negative number moves it back. */
  advance(milliseconds: number): void;
}

/** A clock that moves when told, and by `stepMs` after each look. */
export function steppingClock(start: Date | string = someTime, stepMs = 0): SteppingClock {
  let now = new Date(start).getTime();
  const clock = () => {
    const shown = new Date(now);
    now += stepMs;
    return shown;
  };
  return Object.assign(clock, {
    advance: (milliseconds: number) => {
      now += milliseconds;
    },
  });
}
