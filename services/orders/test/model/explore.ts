import { next } from './steps.js';
import { beginning, END, type Rules, type World } from './world.js';

/** What must never be seen, in any state that can be reached. */
function wrong(world: World): string | undefined {
  const { order, reservation, ledger, intents, refunded } = world;
  const paid = intents.includes('succeeded');
  const closed = order.status === 'refused' || order.status === 'cancelled';
  if (intents.filter((intent) => intent === 'authorised' || intent === 'succeeded').length > 1)
    return 'two authorisations';
  if (paid && reservation !== 'committed' && reservation !== 'returned') return 'captured without stock';
  if (ledger.includes('captured') && ledger.includes('voided')) return 'captured and voided';
  if (order.status === 'confirmed' && !paid) return 'confirmed, not paid';
  if (closed && paid && !refunded) return 'closed, but paid';
  if (reservation === 'returned' && paid && !refunded) return 'stock returned, but paid';
  if (order.status === 'review') return 'in review without an unknown outcome';
  return undefined;
}

/** What must not be left behind once nothing is under way any more. */
function unfinished({ order, reservation, intents }: World): string | undefined {
  if (order.status === 'placed' || order.status === 'cancelling') return 'stuck';
  if (order.status === 'confirmed' && reservation !== 'committed') return 'confirmed without stock';
  if (order.status === 'confirmed' && order.cancelAsked) return 'a cancellation is ignored';
  if (order.status !== 'confirmed' && (reservation === 'held' || reservation === 'committed'))
    return 'closed with stock';
  if (intents.includes('authorised')) return 'left authorised';
  return undefined;
}

export interface Verdict {
  readonly states: number;
  /** The first violation, or undefined. */
  readonly violation?: string;
  /** How the order can end: status and reservation. */
  readonly ends: ReadonlySet<string>;
}

/** Visits every state that the rules allow, breadth first, until something is wrong. */
export function explore(rules: Rules): Verdict {
  const seen = new Set([keyOf(beginning)]);
  const queue: World[] = [beginning];
  const ends = new Set<string>();
  for (const world of queue) {
    const quiet =
      world.executions.every(({ at }) => at === END) && world.events.length === 0 && world.cancelsLeft === 0;
    const violation = wrong(world) ?? (quiet ? unfinished(world) : undefined);
    if (violation) return { states: seen.size, violation, ends };
    if (quiet) ends.add(`${world.order.status}, ${world.reservation}`);
    try {
      for (const after of next(world, rules)) {
        const key = keyOf(after);
        if (seen.has(key)) continue;
        seen.add(key);
        queue.push(after);
      }
    } catch (error) {
      return { states: seen.size, violation: String(error), ends };
    }
  }
  return { states: seen.size, ends };
}

/** The two executions are alike: which of them is the first makes no difference. */
function keyOf({ executions, ...world }: World): string {
  return JSON.stringify([world, executions.map((execution) => JSON.stringify(execution)).sort()]);
}
