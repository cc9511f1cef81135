import { describeGateway } from '../contracts/gateway-contract.js';
import { InMemoryFaults } from './in-memory-faults.js';
import { InMemoryGatewayStore } from './in-memory-gateway-store.js';
import { InMemoryIdempotencyKeys } from './in-memory-idempotency-keys.js';

describeGateway('The fake', () => {
  const keys = new InMemoryIdempotencyKeys();
  return { keys, store: new InMemoryGatewayStore(keys), faults: new InMemoryFaults() };
});
