import { inScope } from '@shipline/lambda-kit/scope';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { orderIdentity } from '../../src/adapters/order-identity.js';

const { orderId, bodyHash } = orderIdentity;

it('gives the same id for the same owner and key only', () => {
  const text = fc.string({ maxLength: 3 });
  fc.assert(
    fc.property(text, text, text, text, (owner, key, otherOwner, otherKey) => {
      expect(orderId(owner, key) === orderId(otherOwner, otherKey)).toBe(
        owner === otherOwner && key === otherKey,
      );
    }),
  );
});

it('does not change between releases, because stored orders are found by it', () => {
  expect(orderId('customer-1', 'key-0123456789abcdef')).toMatchInlineSnapshot(
    `"ord_DEVB67KSY495629TG508WQZXHM"`,
  );
  expect(bodyHash('{}')).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
});

it('puts the order on the trace and the log lines of the request that names it', () => {
  const annotations = {};

  const id = inScope({ correlationId: 'correlation-1', annotations }, () => orderId('customer-1', 'key-1'));

  expect(annotations).toEqual({ order_id: id });
});
