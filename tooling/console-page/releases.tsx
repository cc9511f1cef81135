import type { MachineRow, PanelState } from '../src/console/snapshot.js';
import type { DeploymentRow } from '../src/releases/deployment-row.js';
import { Panel } from './panel.js';
import { Shift } from './shift.js';
import { clock, span } from './time.js';

interface ReleasesProps {
  readonly deployments: PanelState<readonly DeploymentRow[]> | undefined;
  readonly machine: PanelState<MachineRow> | undefined;
  /** Minutes of a release are short here. */
  readonly compressed: boolean;
  readonly now: number;
}

/** Of those that are over, as many are shown at once. */
const SHOWN = 6;
const isOver = ({ state }: DeploymentRow) => state === 'live' || state === 'taken back';

export function Releases({ deployments, machine, compressed, now }: ReleasesProps) {
  return (
    <Panel title="Releases" className="releases" state={deployments} summary={summary}>
      {(rows) => {
        const over = rows.filter(isOver);
        return (
          <>
            {rows
              .filter((row) => !isOver(row))
              .map((row) => (
                <Shift key={row.id} row={row} now={now} compressed={compressed} />
              ))}
            <Machine state={machine} />
            <Over rows={over.slice(0, SHOWN)} now={now} />
            {over.length > SHOWN && (
              <details>
                <summary>{over.length - SHOWN} more of the last day</summary>
                <Over rows={over.slice(SHOWN)} now={now} />
              </details>
            )}
          </>
        );
      }}
    </Panel>
  );
}

function summary(rows: readonly DeploymentRow[]) {
  const running = rows.filter((row) => !isOver(row)).length;
  return running === 0 ? 'none is under way' : `${running} under way`;
}

/** The checkout's state machine shifts as functions do; Step Functions moves it, not CodeDeploy. */
function Machine({ state }: { readonly state: PanelState<MachineRow> | undefined }) {
  if (!state?.value) return state?.problem ? <p className="problem">{state.problem}</p> : null;
  const { name, routes } = state.value;
  return (
    <p className="machine">
      <b>{name}</b> state machine:{' '}
      {routes.map(({ version, weight }) => `version ${version} ${Math.round(weight * 100)} %`).join(', ')}
    </p>
  );
}

function Over({ rows, now }: { readonly rows: readonly DeploymentRow[]; readonly now: number }) {
  return (
    <ul className="over">
      {rows.map((row) => (
        <li key={row.id} className={row.state === 'live' ? 'went-live' : 'taken-back'}>
          <span className="over-name">{row.name}</span>
          <span className="over-versions">
            {row.from} → {row.to}
          </span>
          <span className="outcome">{row.state}</span>
          <span className="over-when" title={row.endedAt ? clock(row.endedAt) : undefined}>
            {row.endedAt ? `${span(now - row.endedAt)} ago` : ''}
          </span>
          {row.reason && <span className="over-reason">{row.reason}</span>}
        </li>
      ))}
    </ul>
  );
}
