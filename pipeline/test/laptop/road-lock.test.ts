import { join } from 'node:path';
import { withFileLock } from '@shipline/local-cloud';
import { root } from '@shipline/tooling/paths';
import { run, tool, toolEnvironment } from '@shipline/tooling/process';
import { describe, expect, it } from 'vitest';
import { folderOf } from '../release/builders.js';

describe('the road on this machine', () => {
  it('takes one run at a time: a second one is refused before it touches anything', async () => {
    const work = folderOf({});
    // Nothing may be started that has to be refused: a cloud would find no port here.
    const env = toolEnvironment({ SHIPLINE_WORK: work, SHIPLINE_CLOUD_PORT: '1' });
    const second = () => run(tool('tsx'), [join(root, 'pipeline/commands/pipeline.ts'), 'run'], { env });

    const { code, output } = await withFileLock(join(work, 'pipeline/road.lock'), () => {}, second);

    expect(output.trim()).toBe(
      `A release is on the road already, by process ${process.pid}: wait for its end, or end it there by Ctrl-C; then run this again.`,
    );
    expect(code).toBe(1);
  });
});
