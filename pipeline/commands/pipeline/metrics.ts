import { fourNumbers } from '@shipline/tooling/delivery/four-numbers';
import { metricsTable } from '@shipline/tooling/delivery/numbers-table';
import { rollbacks } from '@shipline/tooling/delivery/rollback-record';
import { runs } from '@shipline/tooling/delivery/run-record';

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
