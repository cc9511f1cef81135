import { QuoteReply } from '@shipline/contracts';
import { httpEntry, systemClock } from '@shipline/lambda-kit';
import { documentClient } from '@shipline/lambda-kit/dynamodb';
import { invokeFunction } from '@shipline/lambda-kit/invoke-function';
import { createCustomersMeasure } from '@shipline/lambda-kit/metrics';
import { catalogQuotes } from '../adapters/catalog-quotes.js';
import { DynamoDbCarts } from '../adapters/dynamodb-carts.js';
import { randomGuestTokens } from '../adapters/random-guest-tokens.js';
import { cartUseCases } from '../composition.js';
import { apiConfig } from '../config.js';
import { cartApi } from '../handlers/cart-api.js';

const { TABLE_NAME, CATALOG_QUOTE_FUNCTION } = apiConfig();

export const handler = httpEntry(
  cartApi(
    cartUseCases({
      carts: new DynamoDbCarts(documentClient(), TABLE_NAME),
      quotes: catalogQuotes(invokeFunction(CATALOG_QUOTE_FUNCTION, QuoteReply)),
      guestTokens: randomGuestTokens,
      now: systemClock,
      measure: createCustomersMeasure(),
    }),
  ),
);
