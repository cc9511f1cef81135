import type { DeploymentWindow } from './stage.js';

const days = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** Whether a stage with this window may begin at this moment. */
export function isOpen({ days: span, hours: [from, to] }: DeploymentWindow, now: Date): boolean {
  const hour = now.getUTCHours();
  return daysOf(span).includes(now.getUTCDay()) && from <= hour && hour < to;
}

/** The days of `MON-THU`, also over the week's end (`FRI-MON`), or of one day alone; 0 is Sunday. */
function daysOf(span: string): number[] {
  const [first = '', last = first] = span.split('-');
  const [from, to] = [days.indexOf(first), days.indexOf(last)];
  if (from < 0 || to < 0) throw new Error(`A window's days are like MON-THU, not '${span}'.`);
  const length = ((to - from + 7) % 7) + 1;
  return Array.from({ length }, (_, index) => (from + index) % 7);
}

/** As a person reads it. */
export const windowText = ({ days: span, hours: [from, to] }: DeploymentWindow) =>
  `${span} ${from}:00-${to}:00 UTC`;
