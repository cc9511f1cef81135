import { QuoteRequest } from '@shipline/contracts';
import { httpEntry } from '@shipline/lambda-kit';
import { taskEntry } from '@shipline/lambda-kit/task-entry';
import { recordingLogger } from '@shipline/testing';
import { describeReleaseChecks } from '@shipline/testing/release-checks';
import { makeGetProduct } from '../src/application/get-product.js';
import { makeListProducts } from '../src/application/list-products.js';
import { makeQuoteLines } from '../src/application/quote-lines.js';
import { catalogApi } from '../src/handlers/catalog-api.js';
import { catalogReleaseChecks } from '../src/release-checks.js';
import { aProduct } from './builders.js';
import { InMemoryProducts } from './fakes/in-memory-products.js';

describeReleaseChecks(catalogReleaseChecks({ sku: 'MUG' }), () => {
  const products = new InMemoryProducts(aProduct('CAP'), aProduct('MUG'), aProduct('PIN'));
  const logger = recordingLogger();
  const api = catalogApi({
    listProducts: makeListProducts({ products }),
    getProduct: makeGetProduct({ products }),
  });
  return {
    handlers: {
      api: httpEntry(api, { logger }),
      quote: taskEntry(QuoteRequest, makeQuoteLines({ products }), { logger }),
    },
    // Catalog's port only reads.
    state: () => undefined,
    stored: () => undefined,
  };
});
