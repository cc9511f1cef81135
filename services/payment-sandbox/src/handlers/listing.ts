import { GatewayError } from '../domain/gateway-error.js';
import type { ListQuery } from '../ports/gateway-store.js';

interface CreatedRange {
  readonly gt?: number | undefined;
  readonly gte?: number | undefined;
  readonly lt?: number | undefined;
  readonly lte?: number | undefined;
}

export interface ListInput {
  readonly limit?: number | undefined;
  readonly created?: number | CreatedRange | undefined;
  readonly starting_after?: string | undefined;
}

type Position = { readonly id: string; readonly created: number };

/**
 * Stripe's list parameters (https://docs.stripe.com/api/pagination) as a query.
 *
 * @throws {GatewayError} for a limit that is not 1 to 100, and where there is nothing to start after.
 */
export async function listQuery(
  { limit = 10, created, starting_after }: ListInput,
  find: (id: string) => Promise<Position | undefined>,
): Promise<ListQuery> {
  if (limit < 1 || limit > 100)
    throw new GatewayError('parameter_invalid_integer', {
      message: 'This value must be from 1 to 100.',
      param: 'limit',
    });
  return {
    limit,
    ...rangeOf(created),
    ...(starting_after && { after: await position(starting_after, find) }),
  };
}

async function position(id: string, find: (id: string) => Promise<Position | undefined>): Promise<Position> {
  const found = await find(id);
  if (!found)
    throw new GatewayError('resource_missing', {
      message: `No such object: '${id}'`,
      param: 'starting_after',
    });
  return { id: found.id, created: found.created };
}

function rangeOf(created: ListInput['created']): Pick<ListQuery, 'from' | 'to'> {
  if (created === undefined) return {};
  if (typeof created === 'number') return { from: created, to: created };
  const { gt, gte, lt, lte } = created;
  const from = [gte, gt !== undefined ? gt + 1 : undefined].filter((bound) => bound !== undefined);
  const to = [lte, lt !== undefined ? lt - 1 : undefined].filter((bound) => bound !== undefined);
  return {
    ...(from.length > 0 && { from: Math.max(...from) }),
    ...(to.length > 0 && { to: Math.min(...to) }),
  };
}
