/** Says that something is on its way; the visible part is decoration. */
export function Loading({ what }: { what: string }) {
  return (
    <div className="loading" role="status">
      <span className="loading-buoy" aria-hidden="true" />
      <span>Loading {what}…</span>
    </div>
  );
}
