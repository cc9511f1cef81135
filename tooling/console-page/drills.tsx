import type { DrillRow, PanelState } from '../src/console/snapshot.js';
import { Panel } from './panel.js';
import { span } from './time.js';

export function Drills({
  state,
  now,
}: {
  readonly state: PanelState<readonly DrillRow[]> | undefined;
  readonly now: number;
}) {
  return (
    <Panel title="Drills" className="drills" state={state}>
      {(drills) =>
        drills.length === 0 ? (
          <p className="quiet">
            None was run on this machine. <code>pnpm drill bad-release</code> ships a broken version.
          </p>
        ) : (
          <ul className="drill-list">
            {drills.map(({ name, startedAt, state, sentence }) => (
              <li key={`${name} ${startedAt}`} className={`drill drill-${state}`}>
                <b>{name}</b> <span>{state}</span> <span className="quiet">{span(now - startedAt)} ago</span>
                {sentence && <small>{sentence}</small>}
              </li>
            ))}
          </ul>
        )
      }
    </Panel>
  );
}
