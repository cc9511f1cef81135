import { run } from '../process.js';
import type { CheckContext, Tally } from './check.js';

/** A tool that is green or red as a whole counts as one. */
export async function whole(
  program: string,
  args: readonly string[],
  { env, show }: CheckContext,
): Promise<Tally> {
  const { code, output } = await run(program, args, { env });
  if (code !== 0) show(output);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}
