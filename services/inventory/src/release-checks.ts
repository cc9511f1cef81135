import {
  CommitStockOutput,
  getAvailability,
  ReleaseStockOutput,
  ReserveReply,
  type ReserveRequest,
  reservationIdOf,
  SHOP_CURRENCY,
  type Sku,
  type TaskInput,
} from '@shipline/contracts';
import {
  apiCheck,
  askTask,
  type ReleaseChecks,
  refusesInput,
  type Trial,
  taskCheck,
} from '@shipline/lambda-kit/release-checks';

const NEVER_STOCKED = 'SYNTHETIC-NEVER-STOCKED';

/**
 * What a new version of a function must do before customers meet it. What writes takes one unit, and gives it back.
 *
 * @param sku of a product that is always in stock
 */
export const inventoryReleaseChecks = ({ sku }: { sku: Sku }): ReleaseChecks => ({
  api: [
    apiCheck('tells how much of a product is there', getAvailability, {
      query: { skus: sku },
      expected: { items: [{ sku }] },
    }),
  ],
  reserve: [
    // A whole transaction, which DynamoDB refuses: nothing is stored.
    taskCheck('finds too little of what was never stocked', ({ orderId }) => ({
      input: requestFor(orderId, NEVER_STOCKED),
      output: ReserveReply,
      expected: { refused: { code: 'SOLD_OUT', skus: [NEVER_STOCKED] } },
    })),
    refusesInput(),
    { name: 'reserves a unit', writes: true, run: (trial) => reserveOne(trial, sku, trial.target) },
  ],
  'commit-stock': [
    taskCheck('finds nothing to commit for an unknown order', (trial) => ({
      input: taskOf(trial),
      output: CommitStockOutput,
      expected: { gone: { state: 'absent' } },
    })),
    {
      name: 'commits what is reserved',
      writes: true,
      run: async (trial) => {
        await reserveOne(trial, sku);
        await commit(trial, trial.target);
      },
    },
  ],
  'release-stock': [
    taskCheck('finds nothing to give back for an unknown order', (trial) => ({
      input: taskOf(trial),
      output: ReleaseStockOutput,
      expected: { released: { state: 'absent' } },
    })),
    {
      name: 'gives back what was reserved',
      writes: true,
      run: async (trial) => {
        await reserveOne(trial, sku);
        await release(trial, 'released');
      },
    },
    {
      name: 'gives back what was committed',
      writes: true,
      run: async (trial) => {
        await reserveOne(trial, sku);
        await commit(trial);
        await release(trial, 'returned');
      },
    },
  ],
});

/** Takes one unit for the trial's order, and has it given back. */
async function reserveOne(trial: Trial, sku: Sku, version = trial.live('reserve')): Promise<void> {
  trial.afterwards(() =>
    askTask(trial, { input: taskOf(trial), output: ReleaseStockOutput }, trial.live('release-stock')),
  );
  const input = requestFor(trial.orderId, sku);
  const { lines, total } = input;
  const expected = { reserved: { reservationId: reservationIdOf(trial.orderId), lines, total } };
  await askTask(trial, { input, output: ReserveReply, expected }, version);
}

async function commit(trial: Trial, version = trial.live('commit-stock')): Promise<void> {
  const expected = { committed: { reservationId: reservationIdOf(trial.orderId) } };
  await askTask(trial, { input: taskOf(trial), output: CommitStockOutput, expected }, version);
}

async function release(trial: Trial, state: 'released' | 'returned'): Promise<void> {
  await askTask(trial, {
    input: taskOf(trial),
    output: ReleaseStockOutput,
    expected: { released: { state } },
  });
}

const taskOf = ({ orderId, correlationId }: Trial): TaskInput => ({ orderId, correlationId });

function requestFor(orderId: ReserveRequest['orderId'], sku: Sku): ReserveRequest {
  const price = { amount: 100, currency: SHOP_CURRENCY };
  const line = { sku, name: 'Release check', unitPrice: price, quantity: 1, lineTotal: price };
  return { orderId, bodyHash: '0'.repeat(64), lines: [line], total: price };
}
