import type { DeliveryPanel, DeliveryRow, PanelState } from '../src/console/snapshot.js';
import { rowsOf } from '../src/delivery/numbers-table.js';
import { Panel } from './panel.js';
import { span } from './time.js';

interface DeliveriesProps {
  readonly state: PanelState<DeliveryPanel> | undefined;
  readonly now: number;
}

/** How delivery does on this machine: DORA's four keys, and the last runs that they are counted from. */
export function Deliveries({ state, now }: DeliveriesProps) {
  return (
    <Panel
      title="Deliveries"
      className="deliveries"
      state={state}
      summary={({ days }) => `of this machine, ${days} days`}
    >
      {({ numbers, rows }) =>
        rows.length === 0 ? (
          <p className="quiet">
            None was made on this machine. <code>pnpm run pipeline run</code> takes a commit to prod.
          </p>
        ) : (
          <>
            <dl className="four-numbers">
              {rowsOf(numbers).map(([name, value]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
            <ul>
              {rows.map((row) => (
                <Delivery key={`${row.name} ${row.startedAt}`} row={row} now={now} />
              ))}
            </ul>
          </>
        )
      }
    </Panel>
  );
}

function Delivery({ row, now }: { readonly row: DeliveryRow; readonly now: number }) {
  const { name, release, state, detail, startedAt, endedAt } = row;
  const when = endedAt === undefined ? `for ${span(now - startedAt)}` : `${span(now - endedAt)} ago`;
  return (
    <li className={`delivery delivery-${state.replaceAll(' ', '-')}`}>
      <b>{name}</b> <span>{state}</span> <span className="quiet">{when}</span>
      {(release || detail) && (
        <small>{[release && `release ${release}`, detail].filter(Boolean).join(' · ')}</small>
      )}
    </li>
  );
}
