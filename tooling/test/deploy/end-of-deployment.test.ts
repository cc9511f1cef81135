import { describe, expect, it } from 'vitest';
import { endDeployment } from '../../src/deploy/end-of-deployment.js';

function setup({ stopped = new AbortController(), during = () => {} } = {}) {
  const done: string[] = [];
  const seed = async () => {
    done.push('seed');
    during();
  };
  const say = (line: string) => void done.push(line.trim());
  const end = () => endDeployment({ live: 'Live in local' }, { say, seed, stopped: stopped.signal });
  return { end, done, stopped };
}

describe('the end of a deployment', () => {
  it('fills the shelves and says what is live', async () => {
    const { end, done } = setup();

    expect(await end()).toBe(0);

    expect(done).toEqual(['seed', 'Live in local']);
  });

  it('fills none after Ctrl-C, says so, and is 130', async () => {
    const { end, done, stopped } = setup();
    stopped.abort();

    expect(await end()).toBe(130);

    expect(done).toEqual(['Stopped before the shelves were filled (`pnpm seed`).', 'Live in local']);
  });

  it('is 130 after Ctrl-C while they are filled', async () => {
    const stopped = new AbortController();
    const { end, done } = setup({ stopped, during: () => stopped.abort() });

    expect(await end()).toBe(130);
    expect(done).toEqual(['seed', 'Stopped.', 'Live in local']);
  });
});
