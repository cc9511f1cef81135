import { expect, it } from 'vitest';
import { Interrupted } from '../src/cli.js';
import { untilStopped } from '../src/progress.js';
import { recordedProgress } from './recorded-progress.js';

it('begins no step after Ctrl-C, and names the one that it did not begin', async () => {
  const controller = new AbortController();
  const { progress, steps } = recordedProgress();
  const stoppable = untilStopped(progress, controller.signal);

  await stoppable.step('first', async () => controller.abort());

  await expect(stoppable.step('second', async () => {})).rejects.toThrow(
    new Interrupted('Stopped before this: second'),
  );
  expect(steps).toEqual(['first']);
});
