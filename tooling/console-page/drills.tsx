import type { DrillRow, PanelState } from '../src/console/snapshot.js';
import { Panel } from './panel.js';
import { span } from './time.js';

interface DrillsProps {
  readonly state: PanelState<readonly DrillRow[]> | undefined;
  readonly now: number;
}

export function Drills({ state, now }: DrillsProps) {
  return (
    <Panel title="Drills" className="drills" state={state}>
      {(drills) =>
        drills.length === 0 ? (
          <p className="quiet">
            None was run on this machine. <code>pnpm drill bad-release</code> ships a broken version.
          </p>
        ) : (
          <ul className="drill-list">
            {drills.map((drill) => (
              <Drill key={`${drill.name} ${drill.startedAt}`} drill={drill} now={now} />
            ))}
          </ul>
        )
      }
    </Panel>
  );
}

function Drill({ drill, now }: { readonly drill: DrillRow; readonly now: number }) {
  const { name, state, summary, finding, startedAt, endedAt } = drill;
  const when =
    state === 'running' ? `for ${span(now - startedAt)}` : `${span(now - (endedAt ?? startedAt))} ago`;
  return (
    <li className={`drill drill-${state.replace(' ', '-')}`}>
      <b>{name}</b> <span>{state}</span> <span className="quiet">{when}</span>
      <small>{finding ?? summary}</small>
    </li>
  );
}
