import type { OrderRow, PanelState } from '../src/console/snapshot.js';
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
const SHOWN = 12;

interface OrdersProps {
  readonly state: PanelState<readonly OrderRow[]> | undefined;
  readonly now: number;
  readonly follow: (orderId: string) => void;
}

export function Orders({ state, now, follow }: OrdersProps) {
  return (
    <Panel title="Orders" className="orders" state={state} summary={summary}>
      {(orders) =>
        orders.length === 0 ? (
          <p className="quiet">No order has been placed yet.</p>
        ) : (
          <ul className="order-list">
            {orders.slice(0, SHOWN).map((order) => (
              <Order key={`${order.orderId} ${order.startedAt}`} order={order} now={now} follow={follow} />
            ))}
          </ul>
        )
      }
    </Panel>
  );
}

function summary(orders: readonly OrderRow[]) {
  const count = (wanted: OrderRow['state']) => orders.filter(({ state }) => state === wanted).length;
  const [running, waiting, failed] = [count('running'), count('waiting'), count('failed')];
  const parts = [
    running > 0 && `${running} in flight`,
    waiting > 0 && `${waiting} open`,
    failed > 0 && `${failed} in review`,
  ];
  return parts.filter(Boolean).join(', ') || 'none in flight';
}

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
