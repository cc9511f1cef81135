import type { PanelState } from '../src/console/snapshot.js';
import type { AlarmRow } from '../src/releases/alarms.js';
import { Panel } from './panel.js';
import { clock, span } from './time.js';

const words = { OK: 'quiet', ALARM: 'rings', INSUFFICIENT_DATA: 'has no data' } as const;

export function Alarms({
  state,
  now,
}: {
  readonly state: PanelState<readonly AlarmRow[]> | undefined;
  readonly now: number;
}) {
  return (
    <Panel title="Alarms" className="alarms" state={state} summary={summary}>
      {(alarms) => (
        <>
          <div className="strip" aria-hidden="true">
            {alarms.map(({ name, state }) => (
              <span key={name} className={`tick tick-${state}`} title={`${name} ${words[state]}`} />
            ))}
          </div>
          <ul className="ringing">
            {alarms
              .filter((alarm) => alarm.state === 'ALARM')
              .map((alarm) => (
                <Ringing key={alarm.name} alarm={alarm} now={now} />
              ))}
          </ul>
          <details>
            <summary>Every alarm</summary>
            <ul className="all-alarms">
              {alarms.map(({ name, state, since, userImpact }) => (
                <li key={name}>
                  <span className={`tick tick-${state}`} aria-hidden="true" />
                  <span>
                    <b>{name}</b> {words[state]} since {clock(since)}
                    <small>{userImpact}</small>
                  </span>
                </li>
              ))}
            </ul>
          </details>
        </>
      )}
    </Panel>
  );
}

function summary(alarms: readonly AlarmRow[]) {
  const ringing = alarms.filter(({ state }) => state === 'ALARM').length;
  return ringing === 0 ? `all ${alarms.length} are quiet` : `${ringing} of ${alarms.length} ring`;
}

function Ringing({ alarm, now }: { readonly alarm: AlarmRow; readonly now: number }) {
  const { name, since, userImpact, runbook, reason } = alarm;
  return (
    <li>
      <p className="ringing-name">
        <b>{name}</b> <span>for {span(now - since)}</span>
      </p>
      <p>{userImpact}</p>
      <p className="quiet">{reason}</p>
      {runbook && (
        <p>
          What to do: <code>{runbook}</code>
        </p>
      )}
    </li>
  );
}
