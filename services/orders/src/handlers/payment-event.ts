import type { OrderId } from '@shipline/contracts';
import type { Envelope } from '@shipline/contracts/events';
import type { InvocationContext } from '@shipline/lambda-kit';
import { saysSynthetic } from '@shipline/lambda-kit/correlation-id';
import { OrderMissing } from '../application/change-order.js';

/**
 * What the ledger says about an order's money, handed to `settle`. Payments of an order that nobody placed are a
 * fault (and end as dead letters), but for those that release checks of payments made: they have no order.
 * An order that exists is handled, whatever its correlation id says.
 */
export const aboutAnOrder =
  <T extends { readonly orderId: OrderId }>(settle: (data: T) => Promise<unknown>) =>
  async ({ data }: Envelope<T>, { correlationId, logger }: InvocationContext): Promise<void> => {
    try {
      await settle(data);
    } catch (error) {
      if (!(error instanceof OrderMissing && saysSynthetic(correlationId))) throw error;
      logger.info('synthetic payment', { order: data.orderId });
    }
  };
