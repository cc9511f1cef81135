import { join } from 'node:path';
import { withFileLock } from '@shipline/local-cloud';
import { root } from '@shipline/tooling/paths';
import { run, tool, toolEnvironment } from '@shipline/tooling/process';
import { describe, expect, it } from 'vitest';
import { folderOf } from '../release/builders.js';

/** A command on a machine where this process has one of the locks. */
async function besides(lock: 'road.lock' | 'watch.lock', command: 'run' | 'watch') {
  const work = folderOf({});
  // Nothing may be started that has to be refused: a cloud would find no port here.
  const env = toolEnvironment({ SHIPLINE_WORK: work, SHIPLINE_CLOUD_PORT: '1' });
  return withFileLock(
    join(work, 'pipeline', lock),
    () => {},
    () => run(tool('tsx'), [join(root, 'pipeline/commands/pipeline.ts'), command], { env }),
  );
}

const wayOut = `by process ${process.pid}: wait for its end, or end it there by Ctrl-C; then run this again.`;

describe('the road on this machine', () => {
  it('takes one run at a time: a second one is refused before it touches anything', async () => {
    const { code, output } = await besides('road.lock', 'run');

    expect(output.trim()).toBe(`A release is on the road already, ${wayOut}`);
    expect(code).toBe(1);
  });

  it('is watched once: a push is not released twice', async () => {
    const { code, output } = await besides('watch.lock', 'watch');

    expect(output.trim()).toBe(`Pushes are watched already, ${wayOut}`);
    expect(code).toBe(1);
  });
});
