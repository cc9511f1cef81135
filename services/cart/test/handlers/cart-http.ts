import { httpEntry } from '@shipline/lambda-kit';
import { type ApiRequest, apiEvent } from '@shipline/lambda-kit/http/api-event';
import { lambdaContext, recordingLogger } from '@shipline/testing';
import { cartApi } from '../../src/handlers/cart-api.js';
import { aToken } from '../builders.js';
import { customerId, setup as openCarts } from '../setup.js';

/** The token of the first guest's cart that is opened. */
export const token = aToken('a');
export const item = `/${token}/items/MUG`;

/** The API on fakes, called as API Gateway calls it. */
export function setup() {
  const shop = openCarts();
  const logger = recordingLogger();
  const handler = httpEntry(cartApi(shop), { logger });
  const send = async (request: ApiRequest) => {
    const { statusCode, headers, body } = await handler(apiEvent(request), lambdaContext());
    return { statusCode, headers, body: JSON.parse(body), code: JSON.parse(body).code };
  };
  const asCustomer = (method: string, path: string, body?: unknown) =>
    send({ method, path: `/api/cart${path}`, customerId, body });
  const asGuest = (method: string, path: string, body?: unknown) =>
    send({ method, path: `/api/guest-carts${path}`, body });
  return { ...shop, logger, send, asCustomer, asGuest };
}
