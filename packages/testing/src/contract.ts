import { afterEach, beforeEach, describe } from 'vitest';

/** Defines a contract's tests for one implementation. `open` makes a fresh one for each test. */
export type DescribeContract<S> = (
  name: string,
  open: () => S | Promise<S>,
  close?: () => unknown | Promise<unknown>,
) => void;

/**
 * What every implementation of a port must do, once: the fake passes it as a unit test, the adapter in the
 * integration run (`*.integration.test.ts`). So the fake can be trusted in the tests of use cases.
 *
 * @example
 * export const describeOrders = contract<Orders>('a store of orders', (orders) => {
 *   it('finds what was added', async () => { await orders().add(order); … });
 * });
 * describeOrders('The fake', () => new InMemoryOrders());
 */
export const contract =
  <S>(what: string, define: (subject: () => S) => void): DescribeContract<S> =>
  (name, open, close) => {
    describe(`${name}, as ${what}`, () => {
      let subject: { readonly value: S } | undefined;
      beforeEach(async () => {
        subject = { value: await open() };
      });
      afterEach(async () => {
        subject = undefined;
        await close?.();
      });
      define(() => {
        if (!subject) throw new Error('Ask for the subject inside a test');
        return subject.value;
      });
    });
  };
