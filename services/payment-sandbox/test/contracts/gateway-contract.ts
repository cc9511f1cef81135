import { someTime } from '@shipline/testing';
import { contract } from '@shipline/testing/contract';
import { expect, it } from 'vitest';
import type { FaultRule } from '../../src/domain/fault.js';
import type { Faults } from '../../src/ports/faults.js';
import type { GatewayStore, Write } from '../../src/ports/gateway-store.js';
import { type IdempotencyKeys, KEY_LIFE_SECONDS, LEASE_SECONDS } from '../../src/ports/idempotency-keys.js';
import {
  aDeclinedIntent,
  aMethod,
  anEndpoint,
  anEvent,
  anIntent,
  aPaidIntent,
  aRefund,
} from '../builders.js';

export interface Subject {
  readonly store: GatewayStore;
  readonly keys: IdempotencyKeys;
  readonly faults: Faults;
}

const intent = (value = anIntent(), expects = 0): Write => ({ kind: 'intent', value, expects });
const refund = (value = aRefund(), expects = 0): Write => ({ kind: 'refund', value, expects });
const write = (...writes: Write[]) => ({ writes, events: [] });
const reply = { status: 200, body: '{"id":"pi_1"}' };
const claim = { key: 'k', fingerprint: 'f', lease: 'one', now: someTime };
const later = (seconds: number) => new Date(someTime.getTime() + seconds * 1000);

/** What the table and its fake must do alike. */
export const describeGateway = contract<Subject>('the store of a gateway', (subject) => {
  it('finds what was written, as it was written', async () => {
    const { store } = subject();
    const declined = aDeclinedIntent('pi_2');
    const outcome = await store.commit({
      writes: [
        intent(),
        intent(declined),
        refund(),
        { kind: 'method', value: aMethod() },
        { kind: 'endpoint', value: anEndpoint() },
      ],
      events: [
        anEvent(),
        { ...anEvent('evt_2'), type: 'refund.created', snapshot: { kind: 'refund', refund: aRefund() } },
      ],
    });

    expect(outcome).toBe('committed');
    expect(await store.findIntent('pi_1')).toEqual(anIntent());
    expect(await store.findIntent('pi_2')).toEqual(declined);
    expect(await store.findRefund('re_1')).toEqual(aRefund());
    expect(await store.findMethod('pm_1')).toEqual(aMethod());
    expect(await store.findEndpoint('we_1')).toEqual(anEndpoint());
    expect(await store.findEvent('evt_1')).toEqual(anEvent());
    expect(await store.findEvent('evt_2')).toMatchObject({
      snapshot: { kind: 'refund', refund: { id: 're_1' } },
    });
  });

  it('finds nothing under an unknown id', async () => {
    const { store } = subject();

    expect(
      await Promise.all([
        store.findIntent('pi_0'),
        store.findRefund('re_0'),
        store.findMethod('pm_0'),
        store.findEvent('evt_0'),
        store.findEndpoint('we_0'),
      ]),
    ).toEqual([undefined, undefined, undefined, undefined, undefined]);
  });

  it('writes all of a change or nothing where a version is not the expected one', async () => {
    const { store } = subject();
    await store.commit(write(intent()));

    const stale = await store.commit({ ...write(refund(), intent(aPaidIntent(), 2)), events: [anEvent()] });
    const taken = await store.commit(write(intent()));
    const right = await store.commit(write(intent(aPaidIntent(), 1)));

    expect([stale, taken, right]).toEqual(['conflict', 'conflict', 'committed']);
    expect(await store.findRefund('re_1')).toBeUndefined();
    expect(await store.findEvent('evt_1')).toBeUndefined();
    expect(await store.findIntent('pi_1')).toMatchObject({ version: 2, status: 'succeeded' });
  });

  it('lets one of two writers at the same time win', async () => {
    const { store } = subject();
    await store.commit(write(intent()));

    const outcomes = await Promise.all([1, 2, 3].map(() => store.commit(write(intent(aPaidIntent(), 1)))));

    expect(outcomes.filter((outcome) => outcome === 'committed')).toHaveLength(1);
  });

  it('lists newest first, page by page, within a span of time', async () => {
    const { store } = subject();
    for (const second of [0, 10, 10, 20, 30]) {
      const id = `pi_${second}_${Math.random()}`;
      await store.commit(write(intent(anIntent(id, second))));
    }
    const created = (second: number) => anIntent('', second).created;
    const all = await store.listIntents({ limit: 10 });

    const first = await store.listIntents({ limit: 3 });
    const second = await store.listIntents({ limit: 3, after: first.items[2] });
    const span = await store.listIntents({ limit: 10, from: created(10), to: created(20) });
    const crossed = await store.listIntents({ limit: 10, from: created(20), to: created(10) });

    expect(all.items.map((item) => item.created - created(0))).toEqual([30, 20, 10, 10, 0]);
    expect([first.items.length, first.hasMore, second.items.length, second.hasMore]).toEqual([
      3,
      true,
      2,
      false,
    ]);
    expect([...first.items, ...second.items]).toEqual(all.items);
    expect(span.items).toEqual(all.items.slice(1, 4));
    expect(crossed.items).toEqual([]);
  });

  it('lists refunds of all payments and of one', async () => {
    const { store } = subject();
    const [one, two, three] = [aRefund('re_1', 1), aRefund('re_2', 2, 'pi_2'), aRefund('re_3', 3)];
    await store.commit(write(refund(one), refund(two), refund(three)));

    const settled = { ...three, version: 2, status: 'failed' as const, settlement: undefined };
    await store.commit(write(refund(settled, 1)));

    expect((await store.listRefunds({ limit: 2 })).items.map(({ id }) => id)).toEqual(['re_3', 're_2']);
    expect((await store.listRefundsOf('pi_1', { limit: 9 })).items).toEqual([settled, one]);
    expect((await store.listRefundsOf('pi_1', { limit: 9, after: settled })).items).toEqual([one]);
    expect((await store.listRefundsOf('pi_1', { limit: 9, to: one.created })).items).toEqual([one]);
  });

  it('forgets an endpoint that is removed', async () => {
    const { store } = subject();
    const [one, two] = [anEndpoint('we_1'), anEndpoint('we_2')];
    await store.commit(write({ kind: 'endpoint', value: one }, { kind: 'endpoint', value: two }));

    await store.commit(write({ kind: 'endpoint-removal', id: 'we_1' }));

    expect(await store.endpoints()).toEqual([two]);
  });

  it('completes a key with the change that it stands for', async () => {
    const { store, keys } = subject();
    await keys.claim(claim);

    const outcome = await store.commit({ ...write(intent()), completes: { key: 'k', lease: 'one', reply } });

    expect(outcome).toBe('committed');
    expect(await keys.claim({ ...claim, lease: 'two' })).toEqual({ state: 'done', reply });
    expect(await keys.claim({ ...claim, fingerprint: 'other' })).toEqual({ state: 'mismatch' });
  });

  it('lets an execution that lost its lease write nothing', async () => {
    const { store, keys } = subject();
    await keys.claim(claim);
    const again = await keys.claim({ ...claim, lease: 'two', now: later(LEASE_SECONDS) });

    const outcome = await store.commit({ ...write(intent()), completes: { key: 'k', lease: 'one', reply } });

    expect([again.state, outcome]).toEqual(['claimed', 'lease_lost']);
    expect(await store.findIntent('pi_1')).toBeUndefined();
  });

  it('keeps a key for whoever claimed it, until it is released or its lease is over', async () => {
    const { keys } = subject();
    const two = { ...claim, lease: 'two' };
    const states = [
      await keys.claim(claim),
      await keys.claim({ ...two, now: later(LEASE_SECONDS - 1) }),
      await keys.claim({ ...two, fingerprint: 'other', now: later(LEASE_SECONDS) }),
    ];
    await keys.release('k', 'two');
    states.push(await keys.claim(two));
    await keys.release('k', 'one');
    states.push(await keys.claim(two));

    expect(states.map(({ state }) => state)).toEqual(['claimed', 'in_use', 'mismatch', 'in_use', 'claimed']);
  });

  it('forgets a key after its life', async () => {
    const { store, keys } = subject();
    await keys.claim(claim);
    await store.commit({ ...write(), completes: { key: 'k', lease: 'one', reply } });

    const after = await keys.claim({ ...claim, fingerprint: 'other', now: later(KEY_LIFE_SECONDS) });

    expect(after).toEqual({ state: 'claimed' });
  });

  it('keeps fault rules, and lets each strike as often as it may', async () => {
    const { faults } = subject();
    const rule: FaultRule = {
      id: 'fault_1',
      operation: 'capture',
      kind: 'lost',
      times: 2,
      delayMs: 10,
      match: { paymentMethod: 'pm_card_visa', metadata: { orderId: 'ord_1' } },
    };
    await faults.add(rule);

    const taken = [await faults.take(rule), await faults.take(rule), await faults.take(rule)];
    const rules = await faults.rules();
    await faults.clear();

    expect(taken).toEqual([true, true, false]);
    expect(rules).toEqual([rule]);
    expect(await faults.rules()).toEqual([]);
  });
});
