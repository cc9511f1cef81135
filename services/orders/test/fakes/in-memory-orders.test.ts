import { describeOrders } from '../contracts/orders-contract.js';
import { InMemoryOrders } from './in-memory-orders.js';

describeOrders('The fake', () => new InMemoryOrders());
