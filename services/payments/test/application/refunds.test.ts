import { describe, expect, it } from 'vitest';
import { captured, facts, opened, order, orderId, refundIdOf, setup, task, total, usd } from '../builders.js';

const unknown = { name: 'PaymentUnknown' };
const hours = (count: number) => count * 3_600_000;

/** A captured payment, and how its refund is asked for and paid. */
async function paidOrder() {
  const service = setup();
  await service.authorise(order);
  await service.capture(task);
  return {
    ...service,
    ask: (number = 1) => service.requestRefund({ ...task, requestId: String(number) }),
    pay: (number = 1) => service.settleRefund({ ...task, refundId: refundIdOf(number) }),
    refundKinds: async () => (await service.kinds()).slice(3),
    later: (ms: number) => {
      service.clock.now = new Date(service.clock.now.getTime() + ms);
    },
  };
}

describe('a cancelled order', () => {
  it('asks back the whole of its money, once', async () => {
    const { ask, ledger } = await paidOrder();

    await ask();
    await ask();

    const asked = (await ledger.read(orderId)).filter(({ kind }) => kind === 'refund-requested');
    expect(asked).toMatchObject([{ refundId: refundIdOf(1), amount: total }]);
  });

  it('asks back only what nobody asked back yet', async () => {
    const { ask, ledger } = await paidOrder();
    const part = { kind: 'refund-requested' as const, refundId: refundIdOf(9), amount: usd(1000) };
    ledger.seed(orderId, facts(opened, captured, part));

    await ask();

    expect((await ledger.read(orderId)).at(-1)).toMatchObject({ refundId: refundIdOf(1), amount: usd(1800) });
  });

  it('never asks back too much, though two ask at once', async () => {
    const { ask, ledger, refundKinds } = await paidOrder();
    ledger.beforeAppend = () => ask(2);

    await ask(1);

    expect(await refundKinds()).toEqual(['refund-requested']);
  });

  it('pays what was asked for when the request’s event was lost', async () => {
    const { ask, gateway, refundKinds } = await paidOrder();
    await ask(1);

    await ask(2);

    expect(gateway.refunds.size).toBe(1);
    expect(await refundKinds()).toEqual(['refund-requested', 'refunded']);
  });

  it('asks again, by another refund, after one that failed', async () => {
    const { ask, pay, gateway, refundKinds } = await paidOrder();
    gateway.refundStatus = 'failed';
    await ask(1);
    await pay(1);
    gateway.refundStatus = 'refunded';

    await ask(2);
    await pay(2);

    expect(await refundKinds()).toEqual([
      'refund-requested',
      'refund-failed',
      'refund-requested',
      'refunded',
    ]);
  });

  it('is a contradiction where nothing was captured', async () => {
    await expect(setup().requestRefund({ ...task, requestId: '1' })).rejects.toMatchObject({
      name: 'LedgerContradiction',
    });
  });
});

describe('a requested refund', () => {
  it('is paid once, by its id as the gateway’s key', async () => {
    const { ask, pay, gateway, ledger } = await paidOrder();
    await ask();

    await pay();
    await pay();

    expect(gateway.calls.filter((call) => call.startsWith('refund'))).toEqual([`refund ${refundIdOf(1)}`]);
    expect((await ledger.read(orderId)).at(-1)).toMatchObject({ kind: 'refunded', totalRefunded: total });
  });

  it.each(['never', 'lost'] as const)(
    'is looked up and then paid after a reply that is %s',
    async (effect) => {
      const { ask, pay, gateway, refundKinds } = await paidOrder();
      await ask();
      gateway.fail('refund', effect);

      await expect(pay()).rejects.toMatchObject(unknown);
      await pay();

      expect(gateway.refunds.size).toBe(1);
      expect(await refundKinds()).toEqual(['refund-requested', 'unknown', 'refunded']);
    },
  );

  it.each(['stored-500', 'stored-500-done'] as const)(
    'takes another key only when %s left nothing',
    async (effect) => {
      const { ask, pay, gateway } = await paidOrder();
      await ask();
      gateway.fail('refund', effect);

      await expect(pay()).rejects.toMatchObject(unknown);
      await pay();

      expect(gateway.refunds.size).toBe(1);
      expect(gateway.calls.filter((call) => call.startsWith('refund'))).toEqual(
        effect === 'stored-500'
          ? [`refund ${refundIdOf(1)}`, `refund ${refundIdOf(1)}:2`]
          : [`refund ${refundIdOf(1)}`],
      );
    },
  );

  it('is looked for first once the gateway may have forgotten its key', async () => {
    const { ask, pay, gateway, later } = await paidOrder();
    await ask();
    later(hours(23));

    await pay();

    expect(gateway.calls.slice(-2)).toEqual(['find', `refund ${refundIdOf(1)}`]);
  });

  it('is not looked for while the key is young', async () => {
    const { ask, pay, gateway, later } = await paidOrder();
    await ask();
    later(hours(23) - 1);

    await pay();

    expect(gateway.calls).not.toContain('find');
  });

  it('waits for the gateway’s word while it is pending', async () => {
    const { ask, pay, gateway, refundKinds } = await paidOrder();
    gateway.refundStatus = 'pending';
    await ask();

    await pay();

    expect(await refundKinds()).toEqual(['refund-requested']);
  });

  it('fails where the gateway refuses it', async () => {
    const { ask, pay, gateway, refundKinds } = await paidOrder();
    await ask();
    await gateway.createRefund(
      { intentId: 'pi_1', orderId, refundId: refundIdOf(5), amount: total },
      'dashboard',
    );

    await pay();

    expect(await refundKinds()).toEqual(['refund-requested', 'refund-failed']);
  });

  it('is a contradiction where the ledger does not know it', async () => {
    const { pay } = await paidOrder();

    await expect(pay(3)).rejects.toMatchObject({ name: 'LedgerContradiction' });
  });
});
