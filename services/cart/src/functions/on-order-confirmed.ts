import { orderConfirmed } from '@shipline/contracts/events';
import { consumerEntry } from '@shipline/lambda-kit/consumer-entry';
import { documentClient } from '@shipline/lambda-kit/dynamodb';
import { DynamoDbCarts } from '../adapters/dynamodb-carts.js';
import { makeEmptyOrderedCart } from '../application/empty-ordered-cart.js';
import { consumerConfig } from '../config.js';

const carts = new DynamoDbCarts(documentClient(), consumerConfig().TABLE_NAME);
const emptyOrderedCart = makeEmptyOrderedCart({ carts });

export const handler = consumerEntry(orderConfirmed, ({ data }) => emptyOrderedCart(data));
