import { readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { readManifest, sha256Of } from '../release/manifest.js';
import type { ReleasedStack } from './released-stacks.js';

/** The code of a function in a release. */
export interface ReleasedCode {
  /** What the release's manifest, which the build has signed, says of the zip. */
  readonly sha256: string;
  /**
   * The zip.
   * @throws {Error} when these are no longer the bytes that the manifest means.
   */
  readonly bytes: () => Buffer;
}

/** The code of one function of a stack's template, by the manifest of its release. */
export function codeOf(
  {
    releaseFolder,
    templateFile,
    stackName,
  }: Pick<ReleasedStack, 'releaseFolder' | 'templateFile' | 'stackName'>,
  template: unknown,
  id: string,
): ReleasedCode {
  const { Resources = {} } = template as { Resources?: Record<string, { Properties?: { Code?: unknown } }> };
  const code = Resources[id]?.Properties?.Code;
  const file = join(dirname(templateFile), String(code));
  const path = relative(releaseFolder, file).split(sep).join('/');
  const sha256 = readManifest(releaseFolder).files.find((one) => one.path === path)?.sha256;
  if (sha256 === undefined)
    throw new Error(`The manifest of the release knows no ${path}, which ${id} of ${stackName} is to run.`);
  const bytes = () => {
    const read = readFileSync(file);
    if (sha256Of(read) !== sha256) throw new Error(`${path} is not what the manifest of the release says.`);
    return read;
  };
  return { sha256, bytes };
}
