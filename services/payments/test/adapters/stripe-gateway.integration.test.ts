import { stripeClients } from '../../src/adapters/stripe-clients.js';
import { StripeGateway } from '../../src/adapters/stripe-gateway.js';
import { describeGateway } from '../contracts/gateway-contract.js';
import { deployedGateway } from './deployed-gateway.js';

describeGateway('Stripe’s SDK on the deployed sandbox', async () => {
  const { gatewayUrl, secret } = await deployedGateway();
  return new StripeGateway(stripeClients(gatewayUrl, secret));
});
