import { type Plan, type PlannedStack, sealed } from './plan-file.js';
import { unseenIn } from './unseen.js';

/**
 * What is left to do of an approved plan when a part of it is live: without the stacks that are as the release has them now,
 * and with the values that others of its stacks waited for. Equal to the plan of today unless that does anything else.
 * @param templateOf The packaged template of a stack.
 */
export function approvedRest(
  { digest: _, ...seen }: Plan,
  now: Plan,
  templateOf: (stackName: string) => unknown,
): Plan {
  const left = seen.stacks.filter(({ id }) => !now.unchanged.includes(id));
  return sealed({
    ...seen,
    stacks: left.map((stack) => asWaited(stack, now, templateOf)),
    unchanged: now.unchanged,
  });
}

/** A stack that waited for values is told by its template before they are written, and by its change set afterwards. */
function asWaited(
  planned: PlannedStack,
  now: Plan,
  templateOf: (stackName: string) => unknown,
): PlannedStack {
  const today = now.stacks.find(({ stackName }) => stackName === planned.stackName);
  if (!today || planned.waitsFor.length === 0) return planned;
  const packaged = { stack: {}, template: templateOf(planned.stackName) ?? {} };
  const written = new Set(planned.waitsFor);
  return unseenIn(today, packaged, { planned, written }).length === 0 ? today : planned;
}
