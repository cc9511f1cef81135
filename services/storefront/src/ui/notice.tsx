import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import { explain } from '../problems/explain.js';

type Tone = 'info' | 'good' | 'warning' | 'bad';

/** A message beside the content. `bad` and `warning` interrupt a screen reader; the others wait their turn. */
export function Notice({
  tone = 'info',
  title,
  children,
  actions,
}: {
  tone?: Tone;
  title?: string;
  children: ReactNode;
  actions?: ReactNode;
}) {
  const role = tone === 'bad' || tone === 'warning' ? 'alert' : 'status';
  return (
    <div className={`notice notice-${tone}`} role={role}>
      <div className="notice-text">
        {title && <strong>{title}</strong>}
        <p>{children}</p>
      </div>
      {actions && <div className="notice-actions">{actions}</div>}
    </div>
  );
}

/** A failure in words, with the one button that helps. */
export function FailureNotice({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const { pathname, search } = useLocation();
  const { text, remedy, reference } = explain(error);
  const action =
    remedy === 'sign-in' ? (
      <Link className="button button-quiet" to={`/sign-in?next=${encodeURIComponent(pathname + search)}`}>
        Sign in
      </Link>
    ) : remedy === 'retry' && onRetry ? (
      <button type="button" className="button button-quiet" onClick={onRetry}>
        Try again
      </button>
    ) : undefined;
  return (
    <Notice tone="bad" actions={action}>
      {text}
      {reference && <span className="notice-reference"> Reference: {reference}</span>}
    </Notice>
  );
}
