import { QuoteRequest } from '@shipline/contracts';
import { documentClient } from '@shipline/lambda-kit/dynamodb';
import { taskEntry } from '@shipline/lambda-kit/task-entry';
import { DynamoDbProducts } from '../../adapters/dynamodb-products.js';
import { makeQuoteLines } from '../../application/quote-lines.js';
import { config } from '../../config.js';

const products = new DynamoDbProducts(documentClient(), config().TABLE_NAME);

export const handler = taskEntry(QuoteRequest, makeQuoteLines({ products }));
