import { describe, expect, it } from 'vitest';
import { testCards } from '../../src/domain/test-cards.js';
import { type InProcessGateway, inProcessGateway, PUBLISHABLE_KEY } from '../in-process-gateway.js';

const card = { number: '4242424242424242', exp_month: '12', exp_year: '2030', cvc: '123' };
/** As src/browser/payment-methods.ts sends it. */
const submit = ({ call }: InProcessGateway, change: Partial<typeof card> = {}, headers = {}) =>
  call({
    method: 'POST',
    path: '/payment_methods',
    key: PUBLISHABLE_KEY,
    headers,
    form: {
      type: 'card',
      ...Object.fromEntries(
        Object.entries({ ...card, ...change }).map(([name, value]) => [`card[${name}]`, value]),
      ),
    },
  });

describe('a payment method made by the card form', () => {
  it.each(testCards)('is made of $number and does $behaviour', async ({ number, brand, behaviour }) => {
    const gateway = inProcessGateway();

    const { status, body } = await submit(gateway, { number, cvc: brand === 'amex' ? '1234' : '123' });

    const { id } = body as { id: string };
    expect(status).toBe(200);
    expect(body).toMatchObject({
      object: 'payment_method',
      card: { brand, last4: number.slice(-4), exp_year: 2030 },
    });
    expect(await gateway.store.findMethod(id)).toMatchObject({ behaviour });
  });

  it('pays', async () => {
    const gateway = inProcessGateway();
    const { body } = await submit(gateway);
    const payment_method = (body as { id: string }).id;

    const intent = await gateway.stripe.paymentIntents.create({
      amount: 99,
      currency: 'usd',
      payment_method,
      confirm: true,
    });

    expect(intent).toMatchObject({ status: 'succeeded', payment_method });
  });

  it('leaves neither number nor security code anywhere', async () => {
    const gateway = inProcessGateway();
    await submit(gateway, { cvc: '987' }, { 'idempotency-key': 'form-1' });
    await submit(gateway, { cvc: '98' }, { 'idempotency-key': 'form-2' });

    const { store, keys, logger } = gateway;
    const kept = JSON.stringify([store.contents(), keys.contents(), logger.lines]);

    expect(kept).toContain('"last4":"4242"');
    expect(kept).not.toMatch(/4242424242424242|"987?"/);
  });

  it('is repeated for its key, which knows the last four digits of the number only', async () => {
    const gateway = inProcessGateway();
    const headers = { 'idempotency-key': 'form-1' };
    const first = await submit(gateway, {}, headers);

    const second = await submit(gateway, { number: '5555555555554242' }, headers);

    expect(second.body).toEqual(first.body);
    expect(second.headers['idempotent-replayed']).toBe('true');
  });

  it.each([
    [{ number: '4242424242424241' }, 'incorrect_number', 'number'],
    [{ number: '424242' }, 'incorrect_number', 'number'],
    [{ exp_month: '13' }, 'invalid_expiry_month', 'exp_month'],
    [{ exp_year: '2025' }, 'invalid_expiry_year', 'exp_year'],
    [{ exp_year: '2099' }, 'invalid_expiry_year', 'exp_year'],
    [{ cvc: '12' }, 'invalid_cvc', 'cvc'],
    [{ number: '4111111111111111' }, 'card_declined', undefined],
  ])('is refused with %o', async (change, code, param) => {
    const { status, body } = await submit(inProcessGateway(), change);

    expect(status).toBe(402);
    expect((body as { error: object }).error).toMatchObject({ type: 'card_error', code });
    expect((body as { error: { param?: string } }).error.param).toBe(param);
    expect(JSON.stringify(body)).not.toContain({ ...card, ...change }.number);
  });
});
