import { describe, expect, it } from 'vitest';
import { type Machine, stateOf } from '../state-machine/machine.js';
import { explore } from './explore.js';
import { rules } from './world.js';

/**
 * Two executions of one checkout at once, lost replies, a lost gateway key, a crash and a restart, expiry,
 * cancellation, webhook, and events that come twice and late: every order of them. The graph is the deployed
 * definition, the order's decisions are the service's own; the gateway, the ledger and the reservation are
 * modelled. Parking is left out: an unknown capture or void only delays it.
 */
describe('the checkout, in every order of events', () => {
  it('never takes money without stock, nor stock without an answer', () => {
    const { violation, ends, states } = explore(rules);

    expect(violation).toBeUndefined();
    expect(states).toBeGreaterThan(50_000);
    expect([...ends].sort()).toEqual([
      'cancelled, expired',
      'cancelled, released',
      'cancelled, returned',
      'confirmed, committed',
      'refused, expired',
      'refused, released',
      'refused, returned',
    ]);
  });
});

describe('the model sees', () => {
  const rewire = (name: string, change: (json: string) => string): Machine => ({
    ...rules.machine,
    States: {
      ...rules.machine.States,
      [name]: JSON.parse(change(JSON.stringify(stateOf(rules.machine, name)))),
    },
  });

  it('an intent that is created and confirmed in one call (rule 1)', () => {
    expect(explore({ ...rules, confirmsOnlyWhatIsStored: false }).violation).toBe('two authorisations');
  });

  it('an intent whose id is stored without a condition (rule 1)', () => {
    expect(explore({ ...rules, storesIfAbsent: false }).violation).toBe('two authorisations');
  });

  it('a void that leaves no tombstone (rule 2)', () => {
    expect(explore({ ...rules, leavesTombstone: false }).violation).toBeDefined();
  });

  it('a capture that does not wait for the stock (rule 3)', () => {
    const machine = rewire('Authorise', (json) => json.replace('"Next":"CommitStock"', '"Next":"Capture"'));

    expect(explore({ ...rules, machine }).violation).toBe('captured without stock');
  });

  it('stock that goes back before the void (rule 4)', () => {
    const States = Object.fromEntries(
      Object.entries(rules.machine.States).map(([name, state]) => [
        name,
        JSON.parse(JSON.stringify(state).replaceAll('"Next":"VoidPayment"', '"Next":"ReleaseStock"')),
      ]),
    );
    States['ReleaseStock'] = { ...States['ReleaseStock'], Next: 'VoidPayment' };
    States['VoidPayment'] = { ...States['VoidPayment'], Next: 'CloseOrder' };

    expect(explore({ ...rules, machine: { ...rules.machine, States } }).violation).toBeDefined();
  });

  it('a confirmation that overlooks the cancellation (rule 5)', () => {
    const forgetful: typeof rules.decide = (status, trigger, facts) =>
      rules.decide(
        status,
        trigger,
        trigger === 'payment-captured' ? { ...facts, cancelAsked: false } : facts,
      );

    expect(explore({ ...rules, decide: forgetful }).violation).toBe('a cancellation is ignored');
  });
});
