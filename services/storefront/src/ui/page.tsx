import type { ReactNode } from 'react';

/** A page's frame: its name in the tab and as the one `h1`. */
export function Page({
  title,
  heading = title,
  intro,
  className = '',
  children,
}: {
  title: string;
  heading?: ReactNode;
  intro?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  return (
    <div className={`page ${className}`}>
      <title>{`${title} – Shipline`}</title>
      <header className="page-head">
        <h1>{heading}</h1>
        {intro && <p className="page-intro">{intro}</p>}
      </header>
      {children}
    </div>
  );
}
