import { UserError } from '@shipline/tooling/cli';
import { isOpen, windowText } from '../../src/delivery/window.js';
import { delivery } from '../../src/delivery.js';

/** For engines that cannot wait for a window themselves: their job fails and is started again inside it. */
export async function window([name]: readonly string[]): Promise<number> {
  const stage = delivery.stages.find((known) => known.name === name);
  if (!stage)
    throw new UserError(`There is no stage \`${name}\` on the road: pipeline/src/delivery.ts has them.`);
  if (!stage.window || isOpen(stage.window, new Date())) return 0;
  console.error(
    `The stage ${name} begins within ${windowText(stage.window)} only: run this job again then; nothing else is lost.`,
  );
  return 1;
}
