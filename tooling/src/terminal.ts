import { createLogUpdate } from 'log-update';
import { changes, releaseTable, type WatchedRelease } from './releases/table.js';
import type { ReleaseDisplay } from './releases/watch.js';

/** Where a command writes: lines that stay, and below them releases as they go. */
export interface Terminal {
  readonly line: (text: string) => void;
  readonly releases: ReleaseDisplay;
}

/**
 * A table that is drawn anew in place; where nobody looks (CI, a pipe, a terminal without a size) a line for each change
 * instead.
 */
export const terminalOn = (stream: NodeJS.WriteStream): Terminal =>
  stream.isTTY && stream.columns > 0 && !process.env['CI']
    ? drawn(stream)
    : written((text) => stream.write(`${text}\n`));

function drawn(stream: NodeJS.WriteStream): Terminal {
  const update = createLogUpdate(stream, { showCursor: true });
  const line = (text: string) => update.persist(text);
  return {
    line,
    releases: {
      show(releases, now) {
        // Those that are under way come first, and must not leave the window.
        const rows = releaseTable(releases, now).slice(0, Math.max(2, stream.rows - 2));
        if (rows.length > 0) update(rows.map((row) => `  ${row}`).join('\n'));
      },
      complain: (problem) => line(`  ${problem}`),
      end: () => update.done(),
    },
  };
}

export function written(line: (text: string) => void): Terminal {
  let before: readonly WatchedRelease[] = [];
  return {
    line,
    releases: {
      show(releases) {
        for (const change of changes(before, releases)) line(`  ${change}`);
        before = releases;
      },
      complain: (problem) => line(`  ${problem}`),
      end: () => {},
    },
  };
}
