import type { Step, Voyage as VoyageOf } from './steps.js';

const said = { done: 'Done', current: 'Now', ahead: 'Still to come', stopped: 'Stopped here' } as const;

/** The order's way from quay to quay, as a line with buoys. */
export function Voyage({ steps, tone }: { steps: readonly Step[]; tone: VoyageOf['tone'] }) {
  return (
    <ol className={`voyage voyage-${tone}`}>
      {steps.map(({ title, text, state }) => (
        <li
          key={title}
          className={`leg leg-${state}`}
          aria-current={state === 'current' ? 'step' : undefined}
        >
          <span className="leg-mark" aria-hidden="true">
            {state === 'current' && <Boat />}
            {state === 'done' && <Tick />}
            {state === 'stopped' && <Cross />}
          </span>
          <strong className="leg-title">
            <span className="visually-hidden">{said[state]}: </span>
            {title}
          </strong>
          <span className="leg-text">{text}</span>
        </li>
      ))}
    </ol>
  );
}

const Tick = () => (
  <svg viewBox="0 0 20 20" aria-hidden="true">
    <path d="m4.5 10.5 3.7 3.7 7.3-8" />
  </svg>
);
const Cross = () => (
  <svg viewBox="0 0 20 20" aria-hidden="true">
    <path d="m5.5 5.5 9 9M14.5 5.5l-9 9" />
  </svg>
);
const Boat = () => (
  <svg className="boat" viewBox="0 0 64 44" aria-hidden="true">
    <path className="boat-load" d="M14 12h14v12H14zM30 12h14v12H30z" />
    <path className="boat-load-two" d="M22 0h14v12H22z" />
    <path className="boat-hull" d="M3 25h58l-8 15H11Z" />
  </svg>
);
