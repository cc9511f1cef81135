import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { workDirectory } from '../paths.js';

const kept = 20;

/** A new file for what the tools say during one deployment; the youngest twenty stay. */
export function newDeployLog(environment: string, now: Date, folder = join(workDirectory, 'logs')): string {
  mkdirSync(folder, { recursive: true });
  const prefix = `deploy-${environment}-`;
  const older = readdirSync(folder)
    .filter((name) => name.startsWith(prefix))
    .sort();
  for (const name of older.slice(0, Math.max(0, older.length - kept + 1))) rmSync(join(folder, name));
  return join(folder, `${prefix}${now.toISOString().replaceAll(':', '-')}.log`);
}
