/** Colours that people who see few of them can still tell apart, on light and on dark paper. */
export const style = `
  svg { color-scheme: light dark; font: 13px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
    --paper: #ffffff; --ink: #1b2733; --quiet: #566573; --grid: #e3e8ed;
    --old: #4a7fb5; --new: #1b9e77; --harm: #c8371f; --harm-line: #ffd9cf; }
  @media (prefers-color-scheme: dark) {
    svg { --paper: #11171d; --ink: #e8eef4; --quiet: #9fb0c0; --grid: #27323d;
      --old: #5b93cc; --new: #3cc79a; --harm: #ff6f52; --harm-line: #5a1b0e; }
  }
  .paper { fill: var(--paper); }
  text { fill: var(--ink); }
  .heading { font-size: 24px; font-weight: 650; }
  .summary, .tick { fill: var(--quiet); }
  .tick { font-size: 12px; font-variant-numeric: tabular-nums; }
  .caption { font-weight: 600; }
  .figure { font-size: 22px; font-weight: 600; font-variant-numeric: tabular-nums; }
  .passed { fill: var(--new); font-weight: 600; }
  .failed { fill: var(--harm); font-weight: 600; }
  .grid { stroke: var(--grid); }
  .old { fill: var(--old); }
  .new { fill: var(--new); }
  .harmed { fill: url(#hatch); stroke: var(--harm); stroke-width: 0.5; }
  .hatch-ground { fill: var(--harm); }
  .hatch-line { fill: var(--harm-line); }
  circle { fill-opacity: 0.75; }
  .cross { stroke: var(--harm); stroke-width: 2; fill: none; }
  .moment { stroke: var(--ink); stroke-dasharray: 3 4; stroke-opacity: 0.6; }
  .label { font-size: 12px; paint-order: stroke; stroke: var(--paper); stroke-width: 4px; }
`;
