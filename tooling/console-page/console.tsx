import { useRef, useState } from 'react';
import type { Setting } from '../src/console/snapshot.js';
import { Alarms } from './alarms.js';
import { Announcements } from './announcements.js';
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
  const [orderId, setOrderId] = useState('');
  const trace = useRef<HTMLElement>(null);
  const follow = (id: string) => {
    setOrderId(id);
    trace.current?.scrollIntoView({ block: 'start' });
    trace.current?.focus({ preventScroll: true });
  };
  return (
    <>
      <Masthead setting={setting} connected={connected} />
      <main>
        <Announcements panels={panels} />
        <Alarms state={panels.alarms} now={now} />
        <div className="columns">
          <div className="column">
            <Releases deployments={panels.deployments} machine={panels.machine} setting={setting} now={now} />
            <Orders state={panels.orders} now={now} follow={follow} />
            <OrderTrace key={orderId} orderId={orderId} follow={setOrderId} place={trace} />
          </div>
          <div className="column">
            <Queues state={panels.queues} />
            <Drills state={panels.drills} now={now} />
            <Functions state={panels.functions} />
          </div>
        </div>
      </main>
    </>
  );
}

function Masthead({ setting, connected }: { readonly setting: Setting; readonly connected: boolean }) {
  const { environment, region, minuteSeconds } = setting;
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
