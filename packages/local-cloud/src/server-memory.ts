import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { ProcessRow } from './process-table.js';

export interface ServerMemory {
  readonly bytes: number;
  /** `pss` shares common pages among the processes that map them (Linux); `rss` counts them in each. */
  readonly kind: 'pss' | 'rss';
}

function proportionalKilobytes(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0; // the worker ended meanwhile
  }
}

function residentKilobytes(pids: readonly number[]): number {
  if (pids.length === 0) return 0;
  try {
    const table = execFileSync('ps', ['-o', 'rss=', '-p', pids.join(',')], { encoding: 'utf8' });
    return table
      .trim()
      .split(/\s+/)
      .map(Number)
      .reduce((sum, size) => sum + size, 0);
  } catch {
    return 0;
  }
}

/** What these processes take together. */
export function memoryOf(processes: readonly ProcessRow[]): ServerMemory {
  const pids = processes.map(({ pid }) => pid);
  if (process.platform !== 'linux') return { bytes: residentKilobytes(pids) * 1024, kind: 'rss' };
  const kilobytes = pids.map(proportionalKilobytes).reduce((sum, size) => sum + size, 0);
  return { bytes: kilobytes * 1024, kind: 'pss' };
}
