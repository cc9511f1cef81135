import { describe, expect, it } from 'vitest';
import { facts, opened, order, orderId, paymentId, setup, task, total, usd } from '../builders.js';

const paid = { authorised: { paymentId } };

describe('authorise', () => {
  it('creates, stores, then confirms', async () => {
    const { authorise, gateway, kinds } = setup();

    expect(await authorise(order)).toEqual(paid);

    expect(gateway.calls).toEqual([`create ${paymentId}:create:1`, `confirm ${paymentId}:confirm`]);
    expect(await kinds()).toEqual(['opened', 'authorised']);
  });

  it('stores the intent before it confirms it', async () => {
    const { authorise, gateway, ledger } = setup();
    ledger.beforeAppend = async () =>
      expect([...gateway.intents.values()].map(({ status }) => status)).toEqual(['unconfirmed']);

    await authorise(order);
  });

  it('asks nobody when it is authorised already', async () => {
    const { authorise, gateway } = setup();
    await authorise(order);
    const before = gateway.calls.length;

    expect(await authorise(order)).toEqual(paid);
    expect(gateway.calls).toHaveLength(before);
  });

  it.each([
    ['pm_card_visa_chargeDeclined', 'card_declined'],
    ['pm_card_visa_chargeDeclinedInsufficientFunds', 'insufficient_funds'],
    ['pm_card_chargeDeclinedExpiredCard', 'card_expired'],
    ['pm_card_authenticationRequired', 'authentication_required'],
  ])('refuses %s with %s, and again without asking', async (paymentMethodId, reason) => {
    const { authorise, gateway, kinds } = setup();

    expect(await authorise({ ...order, paymentMethodId })).toEqual({ refused: { reason } });
    expect(await kinds()).toEqual(['opened', 'declined']);
    const before = gateway.calls.length;
    expect(await authorise({ ...order, paymentMethodId })).toEqual({ refused: { reason } });
    expect(gateway.calls).toHaveLength(before);
  });

  it.each([
    ['pm_missing', 'payment_failed'],
    ['pm_card_declinedAtCreate', 'insufficient_funds'],
  ])(
    'keeps why the gateway created nothing for %s, for whoever closes the order',
    async (paymentMethodId, reason) => {
      const { authorise, voidPayment, gateway, kinds } = setup();

      expect(await authorise({ ...order, paymentMethodId })).toEqual({ refused: { reason } });
      expect(await kinds()).toEqual(['voided']);

      const before = gateway.calls.length;
      expect(await authorise({ ...order, paymentMethodId })).toEqual({ refused: { reason } });
      expect(await voidPayment({ ...task, reason: 'payment_failed' })).toEqual({ voided: { reason } });
      expect(gateway.calls).toHaveLength(before);
    },
  );

  it('goes on with an intent that another execution opened, where its own was refused', async () => {
    const { authorise, ledger, gateway } = setup();
    await gateway.createIntent({ ...order, paymentId, amount: total }, 'of another execution');
    ledger.beforeAppend = async () => ledger.seed(orderId, facts(opened));

    expect(await authorise({ ...order, paymentMethodId: 'pm_missing' })).toEqual(paid);
  });

  it('is refused by a tombstone', async () => {
    const { authorise, voidPayment, gateway } = setup();
    await voidPayment(task);

    expect(await authorise(order)).toEqual({ refused: { reason: 'payment_failed' } });
    expect(gateway.intents.size).toBe(0);
  });

  it('confirms nothing when the tombstone comes between create and store', async () => {
    const { authorise, voidPayment, ledger, gateway } = setup();
    ledger.beforeAppend = () => voidPayment(task);

    expect(await authorise(order)).toEqual({ refused: { reason: 'payment_failed' } });
    expect([...gateway.intents.values()].map(({ status }) => status)).toEqual(['unconfirmed']);
  });

  it('goes on with the intent of whoever stored first', async () => {
    const { authorise, ledger, gateway } = setup();
    await gateway.createIntent({ ...order, paymentId, amount: total }, 'of another execution');
    ledger.beforeAppend = async () => ledger.seed(orderId, facts(opened));

    expect(await authorise(order)).toEqual(paid);

    const statuses = [...gateway.intents.values()].map(({ id, status }) => [id, status]);
    expect(statuses).toEqual([
      ['pi_1', 'authorised'],
      ['pi_2', 'unconfirmed'],
    ]);
  });

  it.each(['never', 'lost'] as const)('repeats a create that is %s with the same key', async (effect) => {
    const { authorise, gateway, kinds } = setup();
    gateway.fail('create', effect);

    await expect(authorise(order)).rejects.toThrow(expect.objectContaining({ name: 'PaymentUnknown' }));
    expect(await kinds()).toEqual(['unknown']);
    expect(await authorise(order)).toEqual(paid);

    expect(gateway.calls.filter((call) => call.startsWith('create'))).toEqual(
      Array(2).fill(`create ${paymentId}:create:1`),
    );
    expect(gateway.intents.size).toBe(1);
  });

  it.each(['stored-500', 'stored-500-done'] as const)('takes the next key after a %s', async (effect) => {
    const { authorise, gateway } = setup();
    gateway.fail('create', effect);
    gateway.fail('create', effect);

    await expect(authorise(order)).rejects.toMatchObject({ name: 'PaymentUnknown' });
    await expect(authorise(order)).rejects.toMatchObject({ name: 'PaymentUnknown' });
    expect(await authorise(order)).toEqual(paid);

    expect(gateway.calls.filter((call) => call.startsWith('create'))).toEqual(
      [1, 2, 3].map((n) => `create ${paymentId}:create:${n}`),
    );
    expect([...gateway.intents.values()].filter(({ status }) => status === 'authorised')).toHaveLength(1);
  });

  it.each(['lost', 'stored-500-done'] as const)('asks after a confirm that is %s', async (effect) => {
    const { authorise, gateway, kinds } = setup();
    gateway.fail('confirm', effect);

    await expect(authorise(order)).rejects.toMatchObject({ name: 'PaymentUnknown' });
    expect(await authorise(order)).toEqual(paid);

    expect(gateway.calls.slice(-1)).toEqual(['retrieve']);
    expect(await kinds()).toEqual(['opened', 'unknown', 'authorised']);
  });

  it('confirms again after a confirm that never arrived', async () => {
    const { authorise, gateway } = setup();
    gateway.fail('confirm', 'never');

    await expect(authorise(order)).rejects.toMatchObject({ name: 'PaymentUnknown' });
    expect(await authorise(order)).toEqual(paid);

    expect(gateway.calls.slice(-2)).toEqual(['retrieve', `confirm ${paymentId}:confirm`]);
  });

  it('stays unknown while a 500 of the confirm is replayed', async () => {
    const { authorise, gateway, voidPayment } = setup();
    gateway.fail('confirm', 'stored-500');

    for (let attempt = 0; attempt < 3; attempt += 1)
      await expect(authorise(order)).rejects.toMatchObject({ name: 'PaymentUnknown' });

    expect(await voidPayment(task)).toEqual({ voided: { reason: 'payment_unknown' } });
  });

  it('reports another amount at the gateway, and has it voided', async () => {
    const { authorise, capture, voidPayment, gateway, mismatches } = setup();
    gateway.fail('confirm', 'lost');
    await expect(authorise(order)).rejects.toMatchObject({ name: 'PaymentUnknown' });
    for (const intent of gateway.intents.values()) intent.amount = usd(1);

    const mismatched = { reason: 'payment_mismatch' };
    expect(await authorise(order)).toEqual({ refused: mismatched });
    expect(await authorise(order)).toEqual({ refused: mismatched });
    expect(await capture(task)).toEqual({ notCapturable: mismatched });
    expect(await voidPayment(task)).toEqual({ voided: mismatched });
    expect(mismatches).toEqual([{ orderId, intentId: 'pi_1', expected: total, found: usd(1) }]);
  });

  it('reports another amount also where the ledger has it and its reply is lost', async () => {
    const { authorise, ledger, gateway, mismatches } = setup();
    gateway.fail('confirm', 'lost');
    await expect(authorise(order)).rejects.toMatchObject({ name: 'PaymentUnknown' });
    for (const intent of gateway.intents.values()) intent.amount = usd(1);
    ledger.losesReplyOf = 'mismatch';

    await expect(authorise(order)).rejects.toThrow('the reply was lost');

    expect(await authorise(order)).toEqual({ refused: { reason: 'payment_mismatch' } });
    expect(mismatches).toEqual([{ orderId, intentId: 'pi_1', expected: total, found: usd(1) }]);
  });

  it('refuses the same order with another total', async () => {
    const { authorise, ledger } = setup();
    ledger.seed(orderId, facts(opened));

    expect(await authorise({ ...order, total: { ...total, currency: 'EUR' } })).toEqual({
      refused: { reason: 'payment_mismatch' },
    });
  });

  it('refuses what the gateway has cancelled', async () => {
    const { authorise, voidPayment, gateway } = setup();
    gateway.fail('confirm', 'lost');
    await expect(authorise(order)).rejects.toMatchObject({ name: 'PaymentUnknown' });
    for (const intent of gateway.intents.values()) intent.status = 'cancelled';

    expect(await authorise(order)).toEqual({ refused: { reason: 'payment_failed' } });
    expect(await voidPayment(task)).toEqual({ voided: expect.anything() });
  });

  it('keeps the correlation id of the checkout in every fact', async () => {
    const { authorise, capture, ledger } = setup();
    await authorise(order);
    await capture({ ...task, correlationId: 'somebody-else' });

    const ids = (await ledger.read(orderId)).map(({ correlationId }) => correlationId);
    expect(ids).toEqual(Array(3).fill(order.correlationId));
  });
});
