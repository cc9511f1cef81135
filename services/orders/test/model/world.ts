import type { OrderStatus } from '@shipline/contracts';
import { type Facts, type Step, step, type Trigger } from '../../src/domain/transitions.js';
import { caught, type Machine, machine, stateOf } from '../state-machine/machine.js';

/** The rules under test. A mutant replaces one of them. */
export interface Rules {
  readonly machine: Machine;
  readonly decide: (status: OrderStatus, trigger: Trigger, facts: Facts) => Step;
  /** Rule 1: the intent's id is stored by a conditional write before it is confirmed. */
  readonly confirmsOnlyWhatIsStored: boolean;
  readonly storesIfAbsent: boolean;
  /** Rule 2: voiding a payment that was never opened leaves a tombstone. */
  readonly leavesTombstone: boolean;
}
export const rules: Rules = {
  machine,
  decide: step,
  confirmsOnlyWhatIsStored: true,
  storesIfAbsent: true,
  leavesTombstone: true,
};

/** What the gateway knows of an intent. Two, because a lost key can create a second one. */
type Intent = 'free' | 'created' | 'authorised' | 'declined' | 'succeeded' | 'canceled';
type Reservation = 'held' | 'committed' | 'released' | 'expired' | 'returned';
type Fact = 'opened:0' | 'opened:1' | 'authorised' | 'captured' | 'voided';
/** An event that is on its way; each may be delivered twice, and in any order. */
type Event = 'captured' | 'voided' | 'cancel-requested' | 'cancelling' | 'closed';

/** Where an execution stands: a state of the machine and a step in it, or its end. */
export interface Execution {
  readonly at: string;
  readonly step: number;
  /** The intent that the task holds in its memory. */
  readonly intent: 0 | 1;
}

export interface World {
  readonly order: { readonly status: OrderStatus } & Facts;
  readonly reservation: Reservation;
  readonly ledger: readonly Fact[];
  readonly intents: readonly [Intent, Intent];
  readonly executions: readonly Execution[];
  readonly events: readonly Event[];
  readonly cancelsLeft: number;
  readonly crashesLeft: number;
  readonly refunded: boolean;
}

export const END = 'END';
const start: Execution = { at: machine.StartAt, step: 0, intent: 0 };

/** A placed order with its stock held, and two executions of its checkout at once. */
export const beginning: World = {
  order: { status: 'placed', cancelAsked: false, paid: false, closed: false },
  reservation: 'held',
  ledger: [],
  intents: ['free', 'free'],
  executions: [start, start],
  events: [],
  cancelsLeft: 1,
  crashesLeft: 1,
  refunded: false,
};

export const openedIn = ({ ledger }: World): 0 | 1 | undefined =>
  ledger.includes('opened:0') ? 0 : ledger.includes('opened:1') ? 1 : undefined;

export const withIntent = (world: World, index: 0 | 1, intent: Intent): World => ({
  ...world,
  intents: index === 0 ? [intent, world.intents[1]] : [world.intents[0], intent],
});

/** Appends a fact, and with it the event that the relay will publish. */
export const withFact = (world: World, fact: Fact): World => ({
  ...world,
  ledger: [...world.ledger, fact],
  ...(fact === 'captured' || fact === 'voided' ? { events: sent(world.events, fact) } : {}),
});

export const sent = (events: readonly Event[], event: Event): readonly Event[] =>
  events.includes(event) ? events : [...events, event].sort();
export const delivered = (events: readonly Event[], event: Event) =>
  events.filter((other) => other !== event);

export const give = (reservation: Reservation): Reservation =>
  reservation === 'held' ? 'released' : reservation === 'committed' ? 'returned' : reservation;

const eventOf: Partial<Record<string, Event>> = {
  'order.cancel-requested.v1': 'cancel-requested',
  'order.cancelling.v1': 'cancelling',
  'order.cancelled.v1': 'closed',
  'order.refused.v1': 'closed',
};

/** Applies the order's own decision function, and sends the event that it names. */
export function decided(world: World, trigger: Trigger, { decide }: Rules): World {
  const { status, ...facts } = world.order;
  const next = decide(status, trigger, facts);
  if (next === 'unchanged' || next === 'refused') return world;
  if (next === 'impossible') throw new Error(`${trigger} in ${status}`);
  const event = eventOf[next.emits];
  return {
    ...world,
    order: {
      status: next.to,
      cancelAsked: facts.cancelAsked || trigger === 'cancel-requested',
      paid: facts.paid || next.to === 'confirmed' || next.to === 'cancelling',
      closed: facts.closed || next.to === 'refused' || next.to === 'cancelled',
    },
    events: event ? sent(world.events, event) : world.events,
  };
}

/** The execution's next place in the real definition: after success, a refusal or an unknown outcome. */
export function onwards(
  { machine }: Rules,
  { at, intent }: Execution,
  outcome: 'success' | 'refusal' | 'unknown',
): Execution {
  const state = stateOf(machine, at);
  const error = outcome === 'refusal' ? 'States.QueryEvaluationError' : 'PaymentUnknown';
  const next = outcome === 'success' ? (state.Next ?? END) : caught(state, error);
  if (!next) throw new Error(`${at} does not catch a ${outcome}`);
  return { at: next, step: 0, intent };
}
