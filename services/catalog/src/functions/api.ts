import { httpEntry } from '@shipline/lambda-kit';
import { documentClient } from '@shipline/lambda-kit/dynamodb';
import { DynamoDbProducts } from '../adapters/dynamodb-products.js';
import { makeGetProduct } from '../application/get-product.js';
import { makeListProducts } from '../application/list-products.js';
import { config } from '../config.js';
import { catalogApi } from '../handlers/catalog-api.js';

const products = new DynamoDbProducts(documentClient(), config().TABLE_NAME);

export const handler = httpEntry(
  catalogApi({ listProducts: makeListProducts({ products }), getProduct: makeGetProduct({ products }) }),
);
