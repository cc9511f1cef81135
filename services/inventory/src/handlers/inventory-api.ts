import { Router } from '@aws-lambda-powertools/event-handler/http';
import { getAvailability as endpoint } from '@shipline/contracts';
import type { GetAvailability } from '../application/get-availability.js';

export function inventoryApi({ getAvailability }: { getAvailability: GetAvailability }): Router {
  const api = new Router();
  api.get('/api/availability', ({ valid }) => getAvailability(valid.req.query.skus.split(',')), {
    validation: { req: { query: endpoint.query } },
  });
  return api;
}
