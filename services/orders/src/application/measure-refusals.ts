import type { Measure } from '@shipline/lambda-kit/measurement';
import { SYNTHETIC_CUSTOMER } from '@shipline/lambda-kit/synthetic';
import { OrderError } from '../domain/order-error.js';
import type { PlaceOrder } from './place-order.js';

/** Places orders, and measures by code what is refused before there is an order. */
export const measuringRefusals =
  (placeOrder: PlaceOrder, measure: Measure): PlaceOrder =>
  async (input) => {
    try {
      return await placeOrder(input);
    } catch (error) {
      if (error instanceof OrderError && input.customerId !== SYNTHETIC_CUSTOMER)
        measure({
          name: 'OrderRequestsRefused',
          value: 1,
          dimensions: { reason: error.code },
        });
      throw error;
    }
  };
