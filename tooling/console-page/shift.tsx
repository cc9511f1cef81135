import type { Counts, DeploymentRow } from '../src/releases/deployment-row.js';
import { span } from './time.js';

const stages = [
  { event: 'BeforeAllowTraffic', label: 'check' },
  { event: 'AllowTraffic', label: 'shift' },
  { event: 'AfterAllowTraffic', label: 'finish' },
] as const;

/** One alias on its way: the bar is the traffic, old version at the left, new version at the right. */
export function Shift({
  row,
  now,
  compressed,
}: {
  readonly row: DeploymentRow;
  readonly now: number;
  readonly compressed: boolean;
}) {
  const percent = Math.round(row.weight * 100);
  return (
    <article className="shift">
      <header>
        <h3>{row.name}</h3>
        <ol className="stages">
          {stages.map(({ event, label }) => {
            const status = row.events.find(({ name }) => name === event)?.status ?? 'Pending';
            return (
              <li key={event} className={`stage stage-${status}`}>
                {label} <span className="visually-hidden">({status})</span>
              </li>
            );
          })}
        </ol>
        <p className="left">{leftOf(row, now, compressed)}</p>
      </header>
      <div
        className="bar"
        role="progressbar"
        aria-label={`Traffic of ${row.name} on version ${row.to}`}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <span className="bar-new" style={{ width: `${percent}%` }} />
      </div>
      <div className="sides">
        <Side title={`version ${row.from}`} share={100 - percent} counts={row.old} />
        <Side title={`version ${row.to}`} share={percent} counts={row.new} isNew />
      </div>
    </article>
  );
}

interface SideProps {
  readonly title: string;
  readonly share: number;
  readonly counts: Counts;
  readonly isNew?: boolean;
}

function Side({ title, share, counts, isNew = false }: SideProps) {
  return (
    <p className={isNew ? 'side side-new' : 'side'}>
      <b>{title}</b> <span className="share">{share} %</span>
      <br />
      {counts.requests} requests,{' '}
      <span className={counts.errors > 0 ? 'errors' : ''}>
        {counts.errors === 0 ? 'none failed' : `${counts.errors} failed`}
      </span>
    </p>
  );
}

function leftOf({ state, dueAt, startedAt }: DeploymentRow, now: number, compressed: boolean): string {
  if (dueAt === undefined) return `${state} for ${span(now - startedAt)}`;
  const left = dueAt - now;
  if (left <= 0) return 'all of it any moment';
  return `${span(left)} left${compressed ? ' (short minutes)' : ''}`;
}
