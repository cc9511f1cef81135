import { describe, expect, it } from 'vitest';
import { Interrupted } from '../../src/cli.js';
import { type BringUpActions, bringUp } from '../../src/deploy/bring-up.js';
import type { Outputs } from '../../src/deploy/outputs.js';
import { recordedProgress } from '../recorded-progress.js';
import { release } from '../releases/builders.js';

const outputs = { environment: 'prod', storefrontUrl: 'http://shop' } as Outputs;
const published = {
  live: { number: 4, bundle: '0123456789ab', publishedAt: '2026-11-25T08:30:00.000Z' },
  isNew: true,
};

function setup(differs: Partial<BringUpActions> = {}) {
  const done: string[] = [];
  const doing =
    <T>(name: string, result: T) =>
    async (): Promise<T> => {
      done.push(name);
      return result;
    };
  const actions: BringUpActions = {
    prepare: doing('prepare', undefined),
    stacks: doing('stacks', { total: 14, changed: ['shipline-prod-orders'] }),
    outputs: doing('outputs', outputs),
    openDoors: doing('doors', undefined),
    publish: doing('publish', published),
    connect: doing('connect', 'The gateway calls our webhook'),
    releases: async () => [release({ state: 'live' })],
    ...differs,
  };
  return { actions, done, ...recordedProgress() };
}

describe('bringing an environment up', () => {
  it('goes in order, and says what is live', async () => {
    const { actions, done, progress } = setup();

    const { live } = await bringUp(actions, progress);

    expect(done).toEqual(['prepare', 'stacks', 'outputs', 'doors', 'publish', 'connect']);
    expect(live).toBe(
      'Live in prod: 14 stacks, 1 changed (orders-api 7 -> 8), storefront release 4 (new): http://shop',
    );
  });

  it('is done when all is live, though the versions cannot be read', async () => {
    const { actions, progress, notes } = setup({
      releases: () => Promise.reject(new Error('Rate exceeded')),
    });

    const { live } = await bringUp(actions, progress);

    expect(live).toBe('Live in prod: 14 stacks, 1 changed, storefront release 4 (new): http://shop');
    expect(notes).toContain('Which versions came cannot be read: Rate exceeded');
  });

  it('begins nothing after Ctrl-C while the storefront is published', async () => {
    const control = new AbortController();
    const { actions, done, progress } = setup({
      publish: async () => {
        control.abort();
        return published;
      },
    });

    await expect(bringUp(actions, progress, control.signal)).rejects.toBeInstanceOf(Interrupted);

    expect(done).not.toContain('connect');
  });
});
