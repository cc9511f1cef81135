import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** A running process (no zombies). */
export interface ProcessRow {
  readonly pid: number;
  /** The process group's id. */
  readonly group: number;
  /**
   * When it started; opaque, only compared. A pid is reused after its process ended, often within a day or
   * after a reboot: pid and start together name one process for good.
   */
  readonly started: string;
  /** The whole command line, arguments separated by spaces. */
  readonly command: string;
}

export type ProcessIdentity = Pick<ProcessRow, 'pid' | 'started'>;

const onLinux = process.platform === 'linux';
const bootId = onLinux ? readText('/proc/sys/kernel/random/boot_id')?.trim() : undefined;

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined; // the process ended meanwhile, or is another user's
  }
}

/** Fields of `/proc/<pid>/stat` after the command's name, which may hold spaces and brackets. */
function linuxRow(pid: number): ProcessRow | undefined {
  const stat = readText(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, , group] = fields;
  if (state === 'Z' || state === 'X') return undefined;
  const command = (readText(`/proc/${pid}/cmdline`) ?? '').replaceAll('\0', ' ').trim();
  return { pid, group: Number(group), started: `${bootId}:${fields[19]}`, command };
}

/** `ps` of macOS and BSD; `lstart` is five words long: `Mon Nov 23 20:54:01 2026`. */
function portableRows(selection: readonly string[]): ProcessRow[] {
  let table: string;
  try {
    const columns = 'pid=,pgid=,stat=,lstart=,command=';
    table = execFileSync('ps', ['-ww', '-o', columns, ...selection], {
      encoding: 'utf8',
      env: { LC_ALL: 'C' },
    });
  } catch {
    return []; // ps ends with 1 when nothing matches
  }
  return table.split('\n').flatMap((line) => {
    const [pid, group, state, ...rest] = line.trim().split(/\s+/);
    if (state === undefined || state.startsWith('Z')) return [];
    const started = rest.slice(0, 5).join(' ');
    return [{ pid: Number(pid), group: Number(group), started, command: rest.slice(5).join(' ') }];
  });
}

export function findProcess(pid: number): ProcessRow | undefined {
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return onLinux ? linuxRow(pid) : portableRows(['-p', String(pid)])[0];
}

export function allProcesses(): ProcessRow[] {
  if (!onLinux) return portableRows(['-ax']);
  const pids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry));
  return pids.flatMap((pid) => linuxRow(Number(pid)) ?? []);
}

/** True while exactly that process runs; false for a later one with the same pid. */
export function isRunning(identity: ProcessIdentity): boolean {
  return findProcess(identity.pid)?.started === identity.started;
}
