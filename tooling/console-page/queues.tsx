import type { PanelState, QueueRow } from '../src/console/snapshot.js';
import { Panel } from './panel.js';
import { span } from './time.js';

export function Queues({ state }: { readonly state: PanelState<readonly QueueRow[]> | undefined }) {
  return (
    <Panel title="Queues" className="queues" state={state} summary={summary}>
      {(queues) => (
        <table className="queue-table">
          <thead>
            <tr>
              <th scope="col" className="head">
                queue
              </th>
              <th scope="col" className="head number">
                waiting
              </th>
              <th scope="col" className="head number">
                at work
              </th>
              <th scope="col" className="head number">
                oldest
              </th>
              <th scope="col" className="head number">
                dead
              </th>
            </tr>
          </thead>
          <tbody>
            {pairs(queues).map((pair) => (
              <Pair key={pair.name} {...pair} />
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function summary(queues: readonly QueueRow[]) {
  const total = (of: boolean) =>
    queues.reduce((sum, { deadLetters, waiting }) => sum + (deadLetters === of ? waiting : 0), 0);
  const dead = total(true);
  return `${total(false)} waiting, ${dead === 0 ? 'no dead letters' : `${dead} dead letters`}`;
}

interface QueuePair {
  readonly name: string;
  /** Absent where only what failed is queued, as for a relay. */
  readonly queue: QueueRow | undefined;
  readonly dead: QueueRow | undefined;
}

/** A queue and its dead letters are one row. */
function pairs(queues: readonly QueueRow[]): QueuePair[] {
  const baseOf = ({ name }: QueueRow) => name.replace(/-dead-letters$/, '');
  const groups = Map.groupBy(queues, baseOf);
  return [...groups].map(([name, rows]) => ({
    name,
    queue: rows.find(({ deadLetters }) => !deadLetters),
    dead: rows.find(({ deadLetters }) => deadLetters),
  }));
}

function Pair({ name, queue, dead }: QueuePair) {
  const oldest = queue?.ageSeconds ?? dead?.ageSeconds;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className={filled(queue)}>{queue?.waiting}</td>
      <td className={queue && queue.inFlight > 0 ? 'filled' : ''}>{queue?.inFlight}</td>
      <td>{oldest === undefined ? '' : span(oldest * 1000)}</td>
      <td className={dead && dead.waiting > 0 ? 'dead' : ''}>{dead?.waiting}</td>
    </tr>
  );
}

const filled = (queue: QueueRow | undefined) => (queue && queue.waiting > 0 ? 'filled' : '');
