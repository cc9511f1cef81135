import type { Shown } from './use-updates.js';

/** What somebody who does not see the page has to hear: alarms, and how releases go. Spoken when the sentence changes. */
export function Announcements({ panels }: { readonly panels: Shown }) {
  const ringing = panels.alarms?.value?.filter(({ state }) => state === 'ALARM').length ?? 0;
  const running = (panels.deployments?.value ?? [])
    .filter(({ state }) => state !== 'live' && state !== 'taken back')
    .map(({ name, state, weight }) => `${name} is ${state}, ${Math.round(weight * 100)} per cent new`);
  const sentences = [ringing > 0 ? `${ringing} alarms ring` : 'No alarm rings', ...running];
  return (
    <p className="visually-hidden" aria-live="polite">
      {sentences.join('. ')}.
    </p>
  );
}
