import { describeCarts } from '../contracts/carts-contract.js';
import { InMemoryCarts } from './in-memory-carts.js';

describeCarts('The fake', () => new InMemoryCarts());
