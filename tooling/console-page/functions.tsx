import type { FunctionRow, PanelState } from '../src/console/snapshot.js';
import { Panel } from './panel.js';

/** Names begin with their service, of which one has two words. */
const serviceOf = ({ name }: FunctionRow) => /^(payment-sandbox|[a-z]+)/.exec(name)?.[0] ?? name;

export function Functions({ state }: { readonly state: PanelState<readonly FunctionRow[]> | undefined }) {
  return (
    <Panel title="Functions" className="functions" state={state} summary={summary}>
      {(functions) => (
        <dl className="services">
          {[...Map.groupBy(functions, serviceOf)].map(([service, own]) => (
            <Service key={service} name={service} functions={own} />
          ))}
        </dl>
      )}
    </Panel>
  );
}

function summary(functions: readonly FunctionRow[]) {
  const shifting = functions.filter(({ live }) => live?.next).length;
  const live = functions.filter(({ live }) => live).length;
  return shifting === 0 ? `${live} live` : `${live} live, ${shifting} between two versions`;
}

interface ServiceProps {
  readonly name: string;
  readonly functions: readonly FunctionRow[];
}

function Service({ name, functions }: ServiceProps) {
  return (
    <div className="service">
      <dt>{name}</dt>
      <dd>
        <ul>
          {functions.map((row) => (
            <Deployed key={row.name} name={row.name.slice(name.length + 1)} live={row.live} />
          ))}
        </ul>
      </dd>
    </div>
  );
}

function Deployed({ name, live }: { readonly name: string; readonly live: FunctionRow['live'] }) {
  const next = live?.next;
  return (
    <li className={next ? 'deployed deployed-shifting' : 'deployed'}>
      {name} <b>{live ? `v${live.version}` : 'no alias'}</b>
      {next && (
        <b>
          {' '}
          → v{next.version} {Math.round(next.weight * 100)} %
        </b>
      )}
    </li>
  );
}
