import type { OrderRow, Orders as OrdersRead, PanelState } from '../src/console/snapshot.js';
import { Panel } from './panel.js';
import { span } from './time.js';

/** The way of an order that is paid; other states of the checkout undo it. */
const way = ['Authorise', 'CommitStock', 'Capture'] as const;
const names: Readonly<Record<string, string>> = {
  CommitStock: 'Commit stock',
  VoidPayment: 'Void payment',
  FinishCapture: 'Finish capture',
  ReleaseStock: 'Release stock',
  CloseOrder: 'Close order',
  ParkOrder: 'Park order',
};
const nameOf = (step: string) => names[step] ?? step;
/** Besides those in review, of which none is ever left out. */
const SHOWN = 12;

interface OrdersProps {
  readonly state: PanelState<OrdersRead> | undefined;
  readonly now: number;
  readonly follow: (orderId: string) => void;
}

export function Orders({ state, now, follow }: OrdersProps) {
  return (
    <Panel title="Orders" className="orders" state={state} summary={summary}>
      {({ rows }) => {
        if (rows.length === 0) return <p className="quiet">No order has been placed yet.</p>;
        const others = rows.filter(({ state }) => state !== 'failed');
        const review = rows.filter(({ state }) => state === 'failed');
        const rest = others.slice(SHOWN);
        return (
          <>
            <OrderList orders={[...review, ...others.slice(0, SHOWN)]} now={now} follow={follow} />
            {rest.length > 0 && (
              <details>
                <summary>{rest.length} more</summary>
                <OrderList orders={rest} now={now} follow={follow} />
              </details>
            )}
          </>
        );
      }}
    </Panel>
  );
}

const phrases = { running: 'in flight', waiting: 'open', failed: 'in review' } as const;

function summary({ rows, cut }: OrdersRead) {
  const parts = (['running', 'waiting', 'failed'] as const).flatMap((wanted) => {
    const count = rows.filter(({ state }) => state === wanted).length;
    return count > 0 ? [`${count}${cut.includes(wanted) ? ' or more' : ''} ${phrases[wanted]}`] : [];
  });
  return parts.join(', ') || 'none in flight';
}

interface OrderListProps {
  readonly orders: readonly OrderRow[];
  readonly now: number;
  readonly follow: (orderId: string) => void;
}

const OrderList = ({ orders, now, follow }: OrderListProps) => (
  <ul className="order-list">
    {orders.map((order) => (
      <Order key={`${order.orderId} ${order.startedAt}`} order={order} now={now} follow={follow} />
    ))}
  </ul>
);

interface OrderProps {
  readonly order: OrderRow;
  readonly now: number;
  readonly follow: (orderId: string) => void;
}

function Order({ order, now, follow }: OrderProps) {
  const { orderId, state, status, path, startedAt, endedAt } = order;
  const detour = path.filter((step) => !way.some((name) => name === step) && step !== 'Parked');
  return (
    <li className={`order order-${state}`}>
      <button type="button" onClick={() => follow(orderId)} aria-label={`Trace of ${orderId}`}>
        …{orderId.slice(-8)}
      </button>
      <ol className="track">
        {way.map((step) => (
          <Step key={step} name={step} position={positionOf(step, order)} />
        ))}
        {detour.map((step) => (
          <Step
            key={step}
            name={step}
            position={step === path.at(-1) && state === 'running' ? 'here' : 'undone'}
          />
        ))}
      </ol>
      <span className={`status status-${state === 'running' ? 'running' : status}`}>
        {state === 'running' ? 'in flight' : (status ?? '')}
      </span>
      <span className="order-when">{span((endedAt ?? now) - startedAt)}</span>
    </li>
  );
}

type Position = 'ahead' | 'here' | 'passed' | 'stopped' | 'undone';
const spoken: Record<Position, string> = {
  ahead: 'not reached',
  here: 'now',
  passed: 'done',
  stopped: 'stopped here',
  undone: 'undoing',
};

function positionOf(step: string, { path, state }: OrderRow): Position {
  if (!path.includes(step)) return 'ahead';
  if (step !== path.at(-1)) return wentOn(step, path) ? 'passed' : 'stopped';
  return state === 'running' ? 'here' : 'passed';
}

/** The next state on the way was entered: what came after it was no detour. */
const wentOn = (step: string, path: readonly string[]) => {
  const next = path[path.indexOf(step) + 1];
  return way.some((name) => name === next);
};

const Step = ({ name, position }: { readonly name: string; readonly position: Position }) => (
  <li className={`step step-${position}`}>
    {nameOf(name)} <span className="visually-hidden">({spoken[position]})</span>
  </li>
);
