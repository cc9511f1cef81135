import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adoptLocalAws, cloudPlace } from '@shipline/local-cloud';
import { root } from '@shipline/tooling/paths';
import { samEnvironment, samVenv } from '@shipline/tooling/sam';

/** An account of the test cloud that has nothing else in it, also in a second run on the same cloud. */
const account = String(randomInt(200_000_000_000, 281_000_000_000));

/** The root of a SAM application's repository, from which `sam pipeline` finds the template of this one. */
export async function application() {
  adoptLocalAws({ port: cloudPlace().port, account });
  const { bin } = await samVenv(console.log);
  const folder = mkdtempSync(join(tmpdir(), 'shipline-sam-application-'));
  symlinkSync(join(root, 'pipeline'), join(folder, 'pipeline'));
  return {
    account,
    folder,
    /** Runs `sam pipeline …` there and types these lines. */
    samPipeline(args: readonly string[], typed: readonly string[] = []) {
      const { status, stdout, stderr } = spawnSync(join(bin, 'sam'), ['pipeline', ...args], {
        cwd: folder,
        env: samEnvironment(),
        input: `${typed.join('\n')}\n`,
        encoding: 'utf8',
      });
      return { code: status, output: stdout + stderr };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
