import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { type TemporaryTable, temporaryTable } from '@shipline/testing/dynamodb-table';
import { DynamoDbProducts } from '../../src/adapters/dynamodb-products.js';
import { ALL_INDEX, CATEGORY_INDEX, toItem } from '../../src/adapters/stored-product.js';
import { describeProducts, stocked } from '../contracts/products-contract.js';

const attributes = ['sku', 'name', 'description', 'category', 'price', 'image'];
const besides = (...keys: string[]) => attributes.filter((attribute) => !keys.includes(attribute));
let table: TemporaryTable | undefined;

describeProducts(
  'DynamoDB',
  async () => {
    table = await temporaryTable('catalog', {
      key: 'pk',
      indexes: {
        [ALL_INDEX]: { key: ['listKey', 'sku'], attributes: besides('sku') },
        [CATEGORY_INDEX]: { key: ['category', 'sku'], attributes: besides('category', 'sku') },
      },
    });
    for (const product of stocked)
      await table.documents.send(new PutCommand({ TableName: table.tableName, Item: toItem(product) }));
    return new DynamoDbProducts(table.documents, table.tableName);
  },
  () => table?.drop(),
);
