import { useRef, useState } from 'react';
import type { Setting } from '../src/console/snapshot.js';
import { Alarms } from './alarms.js';
import { Announcements } from './announcements.js';
import { Deliveries } from './deliveries.js';
import { Drills } from './drills.js';
import { Functions } from './functions.js';
import { OrderTrace } from './order-trace.js';
import { Orders } from './orders.js';
import { Queues } from './queues.js';
import { Releases } from './releases.js';
import { useNow } from './time.js';
import { useUpdates } from './use-updates.js';

export function Console({ setting }: { readonly setting: Setting }) {
  const { panels, connected } = useUpdates();
  const now = useNow();
  const minuteSeconds = panels.clock?.value?.minuteSeconds ?? 60;
  // The number makes a second question about one order a new one: it may have gone on meanwhile.
  const [asked, ask] = useState({ orderId: '', number: 0 });
  const trace = useRef<HTMLElement>(null);
  const askFor = (orderId: string) => ask(({ number }) => ({ orderId, number: number + 1 }));
  const follow = (id: string) => {
    askFor(id);
    trace.current?.scrollIntoView({ block: 'start' });
    trace.current?.focus({ preventScroll: true });
  };
  return (
    <>
      <Masthead setting={setting} connected={connected} minuteSeconds={minuteSeconds} />
      <main>
        <Announcements panels={panels} />
        <Alarms state={panels.alarms} now={now} />
        <div className="columns">
          <div className="column">
            <Releases
              deployments={panels.deployments}
              machine={panels.machine}
              compressed={minuteSeconds < 60}
              now={now}
            />
            <Orders state={panels.orders} now={now} follow={follow} />
            <OrderTrace key={asked.number} orderId={asked.orderId} follow={askFor} place={trace} />
          </div>
          <div className="column">
            <Queues state={panels.queues} />
            <Deliveries state={panels.deliveries} now={now} />
            <Drills state={panels.drills} now={now} />
            <Functions state={panels.functions} />
          </div>
        </div>
      </main>
    </>
  );
}

interface MastheadProps {
  readonly setting: Setting;
  readonly connected: boolean;
  readonly minuteSeconds: number;
}

function Masthead({ setting, connected, minuteSeconds }: MastheadProps) {
  const { environment, region } = setting;
  return (
    <header className="masthead">
      <h1>
        Shipline <span>{environment}</span>
      </h1>
      <p className="where">{environment === 'local' ? 'this machine' : region}</p>
      {minuteSeconds < 60 && (
        <p className="compressed">one minute of a release or an alarm takes {minuteSeconds} s here</p>
      )}
      <p className={connected ? 'pulse pulse-on' : 'pulse'} role="status">
        {connected ? 'live' : 'connecting…'}
      </p>
    </header>
  );
}
