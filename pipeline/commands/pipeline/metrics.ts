import { runs } from '../../src/laptop/record.js';
import { rollbacks } from '../../src/laptop/rollback-record.js';
import { fourNumbers } from '../../src/metrics/four-numbers.js';
import { metricsTable } from '../../src/metrics/table.js';

/** What is looked back on. */
const days = 30;

/** Prints the four numbers of the runs that this machine has seen. */
export async function metrics(): Promise<number> {
  const records = runs();
  console.log(`${records.length} runs on this machine; the last ${days} days:\n`);
  console.log(
    metricsTable(fourNumbers({ runs: records, rollbacks: rollbacks() }, { days, now: new Date() })),
  );
  return 0;
}
