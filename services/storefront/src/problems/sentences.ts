import type { commonProblems, Endpoints } from '@shipline/contracts';

/** Every refusal code of every route; a new one in the contracts does not compile here without a sentence. */
export type ProblemCode =
  | { [N in keyof Endpoints]: keyof Endpoints[N]['problems'] }[keyof Endpoints]
  | keyof typeof commonProblems;

/** What a person reads for each refusal: what happened and what to do next, in that order. */
export const sentences = {
  MALFORMED_JSON: 'The shop did not understand this page. Reload it and try again.',
  NOT_FOUND: 'That is not here. It may have moved, or the link is incomplete.',
  METHOD_NOT_ALLOWED: 'The shop did not understand this page. Reload it and try again.',
  BODY_TOO_LARGE: 'That was more text than the shop can take. Shorten it and try again.',
  UNSUPPORTED_MEDIA_TYPE: 'The shop did not understand this page. Reload it and try again.',
  INVALID_REQUEST: 'Something in the form is not as it should be. Check the fields and try again.',
  INVALID_CURSOR: 'This list has changed since you opened it. Start again from its first page.',
  PRODUCT_NOT_FOUND: 'We do not sell this any more. The rest of the shelves are full, though.',
  UNKNOWN_SKU: 'Something in your cart is no longer sold. Remove it and go on with the rest.',
  CART_FULL: 'Your cart holds 20 different products, and it is full. Remove one to add another.',
  CART_CHANGED: 'Your cart was changed somewhere else at the same moment. Check it and try again.',
  CART_NOT_FOUND: 'This cart is no longer kept. Add what you like and a new one starts.',
  IDEMPOTENCY_KEY_REQUIRED: 'The order could not be sent safely. Reload the page and try again.',
  IDEMPOTENCY_KEY_REUSED:
    'An order with other contents was already sent from this page. Look at your orders before paying again.',
  CARD_NUMBER_REFUSED:
    'A card number ended up outside the card form. Take it out of the address; we never store card numbers.',
  QUANTITY_TOO_LARGE: 'That is more of one product than a single order may hold (99). Lower the quantity.',
  PRICE_CHANGED: 'A price changed while you were here. You have not been charged; look at the new total.',
  SOLD_OUT:
    'Somebody was faster: something in your cart has just sold out. You have not been charged; adjust your cart.',
  STOCK_BUSY: 'Many people want the same thing right now. You have not been charged; try again in a moment.',
  RESERVATION_EXPIRED:
    'We could not hold your goods any longer. You have not been charged; press Pay to try again.',
  ORDER_NOT_FOUND: 'There is no such order in your account. Perhaps it belongs to another sign-in.',
  ORDER_NOT_CANCELLABLE: 'This order can no longer be cancelled: it has shipped or is already closed.',
  ORDER_CHANGED: 'The order moved on at the same moment. Look at where it is now, then try again.',
  GATEWAY_UNAVAILABLE: 'Our payment partner does not answer at the moment. Try again in a few minutes.',
  INVALID_SIGNATURE: 'That message was not from our payment partner and was ignored.',
} as const satisfies Record<ProblemCode, string>;
