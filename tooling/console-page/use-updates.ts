import { useEffect, useState } from 'react';
import type { Snapshot, Update } from '../src/console/snapshot.js';

export type Shown = Partial<Snapshot>;

/** The panels as the server sends them; the browser reconnects by itself, and every connection begins with all of them. */
export function useUpdates(): { readonly panels: Shown; readonly connected: boolean } {
  const [panels, setPanels] = useState<Shown>({});
  const [connected, setConnected] = useState(false);
  useEffect(() => {
    const source = new EventSource('/api/updates');
    source.onopen = () => setConnected(true);
    source.onerror = () => setConnected(false);
    source.onmessage = ({ data }: MessageEvent) => {
      const { panel, state } = JSON.parse(data) as Update;
      setPanels((known) => ({ ...known, [panel]: state }));
    };
    return () => source.close();
  }, []);
  return { panels, connected };
}
