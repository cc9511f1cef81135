import { runCommand, UserError } from '../src/cli.js';
import { savingsTable, standingCost } from '../src/cost/provisioned-concurrency.js';
import { pageDays, warmInProd } from '../src/cost/warm-functions.js';

await runCommand({
  name: 'pnpm cost:concurrency',
  summary: 'computes what the provisioned concurrency of prod costs and what it saves',
  help: `
Usage: pnpm cost:concurrency [--orders <a day>[,<a day>]]

The functions and their numbers are provisionedConcurrency in infra/src/environments.ts; docs/cold-starts.md explains
the arithmetic.

Options:
  --orders  orders a day, separated by commas (${pageDays.join(',')})
  --help    this text`,
  options: { orders: { type: 'string' } },
  async run({ orders }) {
    const days = typeof orders === 'string' ? orders.split(',').map(Number) : pageDays;
    if (days.some((perDay) => !(perDay > 0)))
      throw new UserError(`\`--orders\` takes numbers above 0, separated by commas, not \`${orders}\`.`);
    const functions = warmInProd();
    const environments = functions.reduce((sum, { count }) => sum + count, 0);
    console.log(
      `${environments} environments of ${functions.length} functions, kept warm around the clock: ${standingCost(functions).toFixed(2)} $ a month\n`,
    );
    for (const line of savingsTable(functions, days)) console.log(line);
    return 0;
  },
});
