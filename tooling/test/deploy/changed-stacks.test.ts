import { describe, expect, it } from 'vitest';
import { changedStacks, outdatedStacks } from '../../src/deploy/changed-stacks.js';
import { accountWith, synthesized } from './account.js';

const names = (stacks: readonly { stackName: string }[]) => stacks.map(({ stackName }) => stackName);
const table = '/shipline/local/orders/table-name';

describe('the stacks that have changed', () => {
  it('are those with another template, and those that are not there yet', async () => {
    const { clients } = accountWith({
      stacks: { same: { template: { Resources: { A: 1 } } }, other: { template: { Resources: { A: 1 } } } },
    });

    const changed = await changedStacks(clients, [
      synthesized('same', { Resources: { A: 1 } }),
      synthesized('other', { Resources: { A: 2 } }),
      synthesized('absent'),
    ]);

    expect(names(changed)).toEqual(['other', 'absent']);
  });

  it('are also those that SAM has deployed, whose template is YAML', async () => {
    const { clients } = accountWith({ stacks: { orders: { template: 'Resources:\n  A: 1\n' } } });

    expect(names(await changedStacks(clients, [synthesized('orders')]))).toEqual(['orders']);
  });

  it.each(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'IMPORT_COMPLETE'])(
    'are not those that came to rest in %s',
    async (status) => {
      const { clients } = accountWith({ stacks: { orders: { status } } });

      expect(await changedStacks(clients, [synthesized('orders')])).toEqual([]);
    },
  );

  it.each(['ROLLBACK_COMPLETE', 'UPDATE_ROLLBACK_FAILED', 'UPDATE_IN_PROGRESS', 'DELETE_FAILED'])(
    'are also those in %s, whatever their template',
    async (status) => {
      const { clients } = accountWith({ stacks: { orders: { status } } });

      expect(names(await changedStacks(clients, [synthesized('orders')]))).toEqual(['orders']);
    },
  );

  it('are also those that read a value which is another one now', async () => {
    const { clients } = accountWith({
      stacks: {
        orders: { resolved: { [table]: 'orders-1' } },
        cart: { resolved: { '/shipline/local/cart/table-name': 'cart-1' } },
      },
      parameters: { [table]: 'orders-2', '/shipline/local/cart/table-name': 'cart-1' },
    });

    expect(names(await changedStacks(clients, [synthesized('orders'), synthesized('cart')]))).toEqual([
      'orders',
    ]);
  });

  it('are also those that read a value which is gone: their deployment says which', async () => {
    const { clients } = accountWith({ stacks: { orders: { resolved: { [table]: 'orders-1' } } } });

    expect(names(await changedStacks(clients, [synthesized('orders')]))).toEqual(['orders']);
  });

  it('are compared with each parameter once, ten at a time', async () => {
    const values = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`/shipline/p${n}`, `v${n}`]));
    const { clients, asked } = accountWith({
      stacks: { orders: { resolved: values }, cart: { resolved: values } },
      parameters: values,
    });

    expect(await changedStacks(clients, [synthesized('orders'), synthesized('cart')])).toEqual([]);
    expect(asked.map(({ length }) => length)).toEqual([10, 2]);
    expect(asked.flat()).toEqual(Object.keys(values));
  });

  it('cannot be told when CloudFormation does not answer', async () => {
    const { clients } = accountWith({ stacks: {} });
    const denied = Object.assign(new Error('not you'), { name: 'AccessDenied' });
    clients.cloudFormation.send = () => Promise.reject(denied);

    await expect(changedStacks(clients, [synthesized('orders')])).rejects.toBe(denied);
  });
});

describe('the outdated stacks', () => {
  it('are those whose values have changed, not those whose template has', async () => {
    const { clients } = accountWith({
      stacks: { orders: { resolved: { [table]: 'orders-1' } }, cart: { template: { Resources: {} } } },
      parameters: { [table]: 'orders-2' },
    });

    const outdated = await outdatedStacks(clients, [
      synthesized('orders', { Resources: { New: 1 } }),
      synthesized('cart', { Resources: { New: 1 } }),
      synthesized('absent'),
    ]);

    expect(names(outdated)).toEqual(['orders']);
  });
});
