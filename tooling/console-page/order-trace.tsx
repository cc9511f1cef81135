import { type FormEvent, type RefObject, useEffect, useState } from 'react';
import type { Moment, OrderWay } from '../src/trace/order-way.js';
import { clock, precise } from './time.js';

interface OrderTraceProps {
  /** Empty as long as nobody has asked. */
  readonly orderId: string;
  readonly follow: (orderId: string) => void;
  readonly place: RefObject<HTMLElement | null>;
}

type Answer = { readonly way: OrderWay } | { readonly problem: string };

export function OrderTrace({ orderId, follow, place }: OrderTraceProps) {
  const answer = useWay(orderId);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    follow(String(new FormData(event.currentTarget).get('orderId') ?? '').trim());
  };
  return (
    <section className="panel trace" aria-labelledby="trace-title" ref={place} tabIndex={-1}>
      <header className="panel-head">
        <h2 id="trace-title">One order’s way</h2>
      </header>
      <form onSubmit={submit} className="trace-form">
        <label>
          Order id
          <input
            name="orderId"
            defaultValue={orderId}
            placeholder="ord_…"
            autoComplete="off"
            spellCheck={false}
            required
          />
        </label>
        <button type="submit">Show</button>
      </form>
      <div aria-live="polite">
        {orderId !== '' && answer === undefined && (
          <p className="quiet">Asking X-Ray, Step Functions and the logs…</p>
        )}
        {answer && 'problem' in answer && <p className="problem">{answer.problem}</p>}
        {answer && 'way' in answer && <Timeline way={answer.way} />}
      </div>
    </section>
  );
}

function useWay(orderId: string): Answer | undefined {
  const [answer, setAnswer] = useState<Answer>();
  useEffect(() => {
    if (orderId === '') return;
    const leaving = new AbortController();
    ask(orderId, leaving.signal).then(setAnswer, (error: unknown) => {
      if (!leaving.signal.aborted) setAnswer({ problem: `The console does not answer: ${error}` });
    });
    return () => leaving.abort();
  }, [orderId]);
  return answer;
}

async function ask(orderId: string, signal: AbortSignal): Promise<Answer> {
  const reply = await fetch(`/api/orders/${encodeURIComponent(orderId)}`, { signal });
  const body: unknown = await reply.json();
  return reply.ok ? { way: body as OrderWay } : (body as { problem: string });
}

function Timeline({ way }: { readonly way: OrderWay }) {
  const { moments, environment } = way;
  const start = moments[0]?.at ?? 0;
  const end = Math.max(...moments.map(({ at, tookMs = 0 }) => at + tookMs));
  const length = Math.max(1, end - start);
  return (
    <>
      <p className="quiet">
        {moments.length} steps from {clock(start)}, over {precise(length)}
      </p>
      <ol className="timeline">
        {moments.map((moment, index) => (
          <Bar
            key={`${index} ${moment.where}`}
            moment={moment}
            where={moment.where.replace(`shipline-${environment}-`, '')}
            from={(moment.at - start) / length}
            share={(moment.tookMs ?? 0) / length}
            after={moment.at - start}
          />
        ))}
      </ol>
    </>
  );
}

interface BarProps {
  readonly moment: Moment;
  readonly where: string;
  /** Where it begins and how long it is, as shares of the whole. */
  readonly from: number;
  readonly share: number;
  readonly after: number;
}

function Bar({ moment, where, from, share, after }: BarProps) {
  const { what, failed, tookMs, sources, calls = [] } = moment;
  return (
    <li className={failed ? 'moment moment-failed' : 'moment'}>
      <span className="moment-where">{where}</span>
      <span className="moment-what">
        {failed && <b>failed: </b>}
        {what}
        {calls.length > 0 && <small>{calls.join(', ')}</small>}
      </span>
      <span className="moment-line" aria-hidden="true">
        <span style={{ left: `${from * 100}%`, width: `${Math.max(share * 100, 0.4)}%` }} />
      </span>
      <span className="moment-when" title={`known from ${sources.join(' and ')}`}>
        +{precise(after)}
        {tookMs !== undefined && <small>{precise(tookMs)}</small>}
      </span>
    </li>
  );
}
