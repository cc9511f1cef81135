/** Small inline pictures of the shop's own world. Decoration: their places say `aria-hidden`. */

/** The load line on a ship's side: how deep it may lie when fully laden. The shop's mark. */
export function LoadLine() {
  return (
    <svg className="load-line" viewBox="0 0 32 32" aria-hidden="true">
      <circle cx="16" cy="16" r="9.5" fill="none" stroke="currentColor" strokeWidth="3.4" />
      <path d="M1 16h30" stroke="var(--oxide)" strokeWidth="3.4" />
    </svg>
  );
}

export function Canary() {
  return (
    <svg viewBox="0 0 160 120" aria-hidden="true">
      <path d="M8 96h144" stroke="var(--ink)" strokeWidth="4" strokeLinecap="round" />
      <path d="M46 78 14 92l8-22Z" fill="var(--canary-deep)" />
      <path
        d="M40 64c0-26 18-44 42-44 22 0 36 14 36 32 0 26-20 40-42 40-20 0-36-10-36-28Z"
        fill="var(--canary)"
      />
      <path d="M54 56c18-6 34 0 40 16-18 8-36 4-40-16Z" fill="var(--canary-deep)" />
      <path d="m116 44 20 8-19 7Z" fill="var(--oxide)" />
      <circle cx="100" cy="42" r="4.5" fill="var(--ink)" />
      <path d="M72 91v6M84 91v6" stroke="var(--ink)" strokeWidth="4" />
    </svg>
  );
}

export function EmptyQuay() {
  return (
    <svg viewBox="0 0 160 120" aria-hidden="true">
      <path d="M80 0v34" stroke="var(--ink)" strokeWidth="4" />
      <path
        d="M80 34v12a12 12 0 1 1-12 12"
        fill="none"
        stroke="var(--ink)"
        strokeWidth="6"
        strokeLinecap="round"
      />
      <path d="M0 100h160" stroke="var(--sea)" strokeWidth="4" />
      <path d="M20 110h36M74 110h50M136 110h14" stroke="var(--sea)" strokeWidth="3" opacity=".5" />
    </svg>
  );
}

export function Lighthouse() {
  return (
    <svg viewBox="0 0 160 120" aria-hidden="true">
      <path d="M88 26 156 4v44Z" fill="var(--canary)" opacity=".7" />
      <path d="M68 100 73 36h14l5 64Z" fill="var(--paper)" stroke="var(--ink)" strokeWidth="4" />
      <path d="m71 62 18-2 1.6 18-20 2Z" fill="var(--oxide)" />
      <path d="M70 36V20l10-10 10 10v16Z" fill="var(--ink)" />
      <path d="M75 22h10v10H75Z" fill="var(--canary)" />
      <path d="M8 100h144" stroke="var(--ink)" strokeWidth="4" strokeLinecap="round" />
      <path d="M26 111h40M84 111h46" stroke="var(--sea)" strokeWidth="3" opacity=".6" />
    </svg>
  );
}
