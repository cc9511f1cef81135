import { type ReactNode, useId } from 'react';
import type { PanelState } from '../src/console/snapshot.js';
import { clock } from './time.js';

export interface PanelProps<T> {
  readonly title: string;
  readonly className: string;
  readonly state: PanelState<T> | undefined;
  /** Beside the title: the panel in one phrase. */
  readonly summary?: (value: T) => ReactNode;
  readonly children: (value: T) => ReactNode;
}

/** One subject, with its own words for "not read yet" and "could not be read". */
export function Panel<T>({ title, className, state = {}, summary, children }: PanelProps<T>) {
  const id = useId();
  const { value, problem, readAt } = state;
  return (
    <section className={`panel ${className}`} aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{title}</h2>
        {value !== undefined && summary && <p className="panel-summary">{summary(value)}</p>}
      </header>
      {problem && (
        <p className="problem" role="status">
          This could not be read: {problem.replace(/[.!?]?$/, '.')}{' '}
          {readAt && `Below is what it was at ${clock(readAt)}.`}
        </p>
      )}
      {value === undefined ? !problem && <p className="quiet">Reading…</p> : children(value)}
    </section>
  );
}
