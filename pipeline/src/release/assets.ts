import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256Of } from './manifest.js';
import { zipOf } from './zip.js';

/** The release's zips: each stands once, under the digest of its bytes. */
export class Assets {
  /** Source folder -> path in the release. */
  private readonly known = new Map<string, string>();

  constructor(private readonly release: string) {
    mkdirSync(join(release, 'assets'), { recursive: true });
  }

  /** Zips a folder. @returns its path in the release. */
  add(folder: string): string {
    const known = this.known.get(folder);
    if (known) return known;
    const zip = zipOf(folder);
    const path = `assets/${sha256Of(zip)}.zip`;
    if (!existsSync(join(this.release, path))) writeFileSync(join(this.release, path), zip);
    this.known.set(folder, path);
    return path;
  }
}
