import { describe, expect, it } from 'vitest';
import { facts, opened, order, orderId, setup, task, total } from '../builders.js';

const unknown = { name: 'PaymentUnknown' };
async function authorisedPayment() {
  const service = setup();
  await service.authorise(order);
  return service;
}

describe('capture', () => {
  it('takes the money once', async () => {
    const { capture, gateway, kinds } = await authorisedPayment();

    expect(await capture(task)).toEqual({ captured: { amount: total } });
    expect(await capture(task)).toEqual({ captured: { amount: total } });

    expect(gateway.calls.filter((call) => call === 'capture')).toHaveLength(1);
    expect(await kinds()).toEqual(['opened', 'authorised', 'captured']);
  });

  it.each(['lost', 'stored-500-done'] as const)('asks after a reply that is %s', async (effect) => {
    const { capture, gateway, kinds } = await authorisedPayment();
    gateway.fail('capture', effect);

    await expect(capture(task)).rejects.toMatchObject(unknown);
    expect(await capture(task)).toEqual({ captured: { amount: total } });

    expect(gateway.calls.slice(-2)).toEqual(['capture', 'retrieve']);
    expect(await kinds()).toEqual(['opened', 'authorised', 'unknown', 'captured']);
  });

  it.each(['never', 'stored-500'] as const)('captures again after it was %s', async (effect) => {
    const { capture, gateway } = await authorisedPayment();
    gateway.fail('capture', effect);

    await expect(capture(task)).rejects.toMatchObject(unknown);
    expect(await capture(task)).toEqual({ captured: { amount: total } });
  });

  it('records what a crash after the capture left behind', async () => {
    const { capture, ledger, kinds } = await authorisedPayment();
    ledger.beforeAppend = () => Promise.reject(new Error('crash'));

    await expect(capture(task)).rejects.toThrow('crash');
    expect(await capture(task)).toEqual({ captured: { amount: total } });
    expect(await kinds()).toEqual(['opened', 'authorised', 'captured']);
  });

  it('does not take what was voided or declined', async () => {
    const voided = await authorisedPayment();
    await voided.voidPayment(task);
    expect(await voided.capture(task)).toEqual({ notCapturable: { reason: 'payment_not_capturable' } });

    const declined = setup();
    await declined.authorise({ ...order, paymentMethodId: 'pm_card_visa_chargeDeclined' });
    expect(await declined.capture(task)).toEqual({ notCapturable: { reason: 'card_declined' } });
    expect(await setup().capture(task)).toEqual({ notCapturable: { reason: 'payment_not_capturable' } });
  });

  it('does not take what expired at the gateway', async () => {
    const { capture, gateway, voidPayment } = await authorisedPayment();
    for (const intent of gateway.intents.values()) intent.status = 'cancelled';

    expect(await capture(task)).toEqual({ notCapturable: { reason: 'payment_not_capturable' } });
    expect(await voidPayment(task)).toEqual({ voided: {} });
  });
});

describe('void-payment', () => {
  it('leaves a tombstone where nothing was opened, once', async () => {
    const { voidPayment, gateway, kinds } = setup();

    expect(await voidPayment(task)).toEqual({ voided: {} });
    expect(await voidPayment(task)).toEqual({ voided: {} });

    expect(gateway.calls).toEqual([]);
    expect(await kinds()).toEqual(['voided']);
  });

  it('leaves no tombstone where an intent is stored at that moment', async () => {
    const { voidPayment, authorise, ledger, gateway, kinds } = setup();
    ledger.beforeAppend = () => authorise(order);

    expect(await voidPayment(task)).toEqual({ voided: {} });

    expect([...gateway.intents.values()].map(({ status }) => status)).toEqual(['cancelled']);
    expect(await kinds()).toEqual(['opened', 'authorised', 'voided']);
  });

  it('tells why nothing was paid', async () => {
    const { authorise, voidPayment } = setup();
    await authorise({ ...order, paymentMethodId: 'pm_card_chargeDeclinedIncorrectCvc' });

    expect(await voidPayment(task)).toEqual({ voided: { reason: 'incorrect_cvc' } });
  });

  it('keeps the reason that it was given where the ledger knows no better one', async () => {
    const reason = 'reservation_gone' as const;
    const nothingOpened = setup();
    expect(await nothingOpened.voidPayment({ ...task, reason })).toEqual({ voided: { reason } });
    const authorised = await authorisedPayment();
    expect(await authorised.voidPayment({ ...task, reason })).toEqual({ voided: { reason } });

    const declined = setup();
    await declined.authorise({ ...order, paymentMethodId: 'pm_card_visa_chargeDeclined' });
    const known = { reason: 'card_declined' };
    expect(await declined.voidPayment({ ...task, reason: 'payment_failed' })).toEqual({ voided: known });
  });

  it('does not say voided before the gateway did', async () => {
    const { voidPayment, gateway, kinds } = await authorisedPayment();
    gateway.fail('cancel', 'never');

    await expect(voidPayment(task)).rejects.toMatchObject(unknown);
    expect(await kinds()).not.toContain('voided');
    expect(await voidPayment(task)).toEqual({ voided: {} });
  });

  it('asks after a reply that was lost', async () => {
    const { voidPayment, gateway } = await authorisedPayment();
    gateway.fail('cancel', 'lost');

    await expect(voidPayment(task)).rejects.toMatchObject(unknown);
    expect(await voidPayment(task)).toEqual({ voided: {} });
    expect(gateway.calls.slice(-2)).toEqual(['cancel', 'retrieve']);
  });

  it('finds a capture that nobody wrote down', async () => {
    const { voidPayment, capture, gateway, kinds } = await authorisedPayment();
    gateway.fail('capture', 'lost');
    await expect(capture(task)).rejects.toMatchObject(unknown);

    expect(await voidPayment(task)).toEqual({ alreadyCaptured: { amount: total } });
    expect(await capture(task)).toEqual({ captured: { amount: total } });
    expect(await kinds()).toEqual(['opened', 'authorised', 'unknown', 'captured']);
  });

  it('is unknown while the gateway does not know itself', async () => {
    const { voidPayment, gateway, ledger } = setup();
    await gateway.createIntent({ ...order, paymentId: 'pay' as never, amount: total }, 'key');
    ledger.seed(orderId, facts(opened));
    gateway.cancelIntent = async (id) => ({ id, status: 'processing', amount: total });

    await expect(voidPayment(task)).rejects.toMatchObject(unknown);
  });
});
