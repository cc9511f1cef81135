import * as z from 'zod/mini';
import { Sku } from '../ids.js';
import { MAX_LINES } from '../lines.js';
import { endpoint } from './endpoint.js';

/** Units that can be ordered now. A hint for the page: only a reservation holds stock. */
export const Availability = z.object({
  items: z.array(z.object({ sku: Sku, available: z.int().check(z.minimum(0)) })),
});
export type Availability = z.infer<typeof Availability>;

// eslint-disable-next-line security/detect-non-literal-regexp -- made of a constant of ours
const skuList = new RegExp(`^[A-Z0-9-]{1,40}(?:,[A-Z0-9-]{1,40}){0,${MAX_LINES - 1}}$`);

/** What the list's pattern lets through and no SKU may be: hyphens at its ends, or two in a row. */
const namesSkus = (list: string) => list.split(',').every((sku) => Sku.safeParse(sku).success);

export const getAvailability = endpoint({
  method: 'GET',
  path: '/api/availability',
  service: 'inventory',
  summary: `Tells how many units of up to ${MAX_LINES} products (comma-separated SKUs) can be ordered now`,
  auth: 'none',
  query: z.strictObject({ skus: z.string().check(z.regex(skuList), z.refine(namesSkus)) }),
  status: 200,
  reply: Availability,
  problems: {},
});
