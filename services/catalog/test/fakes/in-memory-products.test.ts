import { describeProducts, stocked } from '../contracts/products-contract.js';
import { InMemoryProducts } from './in-memory-products.js';

describeProducts('The fake', () => new InMemoryProducts(...stocked));
