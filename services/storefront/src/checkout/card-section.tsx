import { Loading } from '../ui/loading.js';
import { FailureNotice, Notice } from '../ui/notice.js';
import { CardRefused } from './mounted-card-form.js';
import type { CardForm } from './use-card-form.js';

/** The gateway's own form in its own frame; what is typed there never reaches this page. */
export function CardSection({ form, locked }: { form: CardForm; locked: boolean }) {
  return (
    <section className="panel" aria-labelledby="card-heading" inert={locked}>
      <h2 id="card-heading">Card</h2>
      {form.status === 'loading' && <Loading what="the card form" />}
      {form.status === 'failed' &&
        (form.error instanceof CardRefused ? (
          <Notice tone="bad">{form.error.message}</Notice>
        ) : (
          <FailureNotice error={form.error} onRetry={form.retry} />
        ))}
      <div ref={form.target} className={`card-frame ${form.status === 'ready' ? '' : 'is-waiting'}`} />
      <p className="panel-note">Your card number goes straight to our payment partner. We never see it.</p>
    </section>
  );
}
