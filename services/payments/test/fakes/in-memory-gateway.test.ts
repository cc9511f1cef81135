import { describeGateway } from '../contracts/gateway-contract.js';
import { InMemoryGateway } from './in-memory-gateway.js';

describeGateway('Memory', () => new InMemoryGateway());
