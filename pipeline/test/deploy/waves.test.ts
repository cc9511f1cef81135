import { silentProgress } from '@shipline/tooling/progress';
import { describe, expect, it } from 'vitest';
import { deployWaves } from '../../src/deploy/waves.js';
import { GateShut } from '../../src/gates/gate.js';
import { releasedStack } from './builders.js';

const wave = (...ids: Parameters<typeof releasedStack>[0][]) => ({ stacks: ids.map(releasedStack) });

describe('waves of stacks', () => {
  it('are deployed one after the other, and what changed is told', async () => {
    const order: string[] = [];
    const after = async () => void order.push('doors');

    const changed = await deployWaves(
      [{ ...wave('platform', 'cart-data'), afterwards: after }, wave('cart')],
      async ({ id }) => {
        order.push(id);
        return id !== 'cart-data';
      },
      silentProgress,
    );

    expect(order).toEqual(['platform', 'cart-data', 'doors', 'cart']);
    expect(changed).toEqual(['platform', 'cart']);
  });

  it('have at most four stacks at work at a time', async () => {
    let running = 0;
    let most = 0;
    const ids = ['catalog', 'inventory', 'cart', 'orders', 'payments', 'notifications'] as const;

    await deployWaves(
      [wave(...ids)],
      async () => {
        most = Math.max(most, ++running);
        await new Promise(setImmediate);
        running -= 1;
        return true;
      },
      silentProgress,
    );

    expect(most).toBe(4);
  });

  it('stop behind a failure: neighbours end, nothing else begins, and the sentence says what is live', async () => {
    const begun: string[] = [];

    const release = deployWaves(
      [wave('platform'), wave('catalog', 'payments'), wave('orders')],
      async ({ id }) => {
        begun.push(id);
        if (id === 'catalog') throw new Error('catalog: the canary was taken back.');
        await new Promise(setImmediate);
        return true;
      },
      silentProgress,
    );

    await expect(release).rejects.toThrow(GateShut);
    await expect(release).rejects.toThrow(
      'catalog: the canary was taken back. The release stops; live from this release: platform, payments; not begun: orders.',
    );
    expect(begun).toEqual(['platform', 'catalog', 'payments']);
  });
});
