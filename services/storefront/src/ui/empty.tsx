import type { ReactNode } from 'react';

/** A place where nothing is (yet): a small picture, one sentence, one way on. */
export function Empty({
  picture,
  title,
  children,
  action,
}: {
  picture: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="empty">
      <div className="empty-picture" aria-hidden="true">
        {picture}
      </div>
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {action}
    </div>
  );
}
