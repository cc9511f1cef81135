import { describe, expect, it } from 'vitest';
import { standingLine, standingOf } from '../../src/deploy/standing.js';
import { accountWith, type FakeStack, synthesized } from './account.js';

const began = new Date('2026-11-25T08:30:00Z');
const before = new Date('2026-11-25T08:00:00Z');
const after = new Date('2026-11-25T08:31:00Z');
const wanted = { Resources: { New: {} } };

const standing = (stacks: Record<string, FakeStack>, names = Object.keys(stacks)) =>
  standingOf(
    accountWith({ stacks }).clients,
    names.map((name) => synthesized(name, wanted)),
    began,
  );

describe('where the stacks stand', () => {
  it('tells what was taken back from what is broken, outdated, not begun or under way', async () => {
    const old = { template: {} };
    const stacks = {
      catalog: { template: wanted, updated: after },
      orders: { ...old, status: 'UPDATE_ROLLBACK_COMPLETE', updated: after },
      cart: { ...old, status: 'UPDATE_ROLLBACK_COMPLETE', updated: before },
      payments: { template: wanted, status: 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', updated: after },
      inventory: { ...old, status: 'UPDATE_IN_PROGRESS', updated: after },
      platform: old,
      'orders-data': { ...old, status: 'UPDATE_ROLLBACK_FAILED', updated: after },
      'cart-data': { ...old, status: 'ROLLBACK_COMPLETE', updated: after },
      'catalog-data': { ...old, status: 'REVIEW_IN_PROGRESS', updated: after },
      notifications: { template: wanted, updated: after, resolved: { '/shop/url': 'as it was' } },
    };

    expect(await standing(stacks, [...Object.keys(stacks), 'edge'])).toEqual({
      asBuilt: ['catalog'],
      outdated: ['notifications'],
      takenBack: ['orders'],
      broken: ['cart-data', 'orders-data'],
      underWay: ['inventory', 'payments'],
      notBegun: ['cart', 'catalog-data', 'edge', 'platform'],
    });
  });

  it('is one line, without what is empty', () => {
    const nothing = { outdated: [], takenBack: [], broken: [], underWay: [], notBegun: [] };
    const two = { asBuilt: ['a', 'b'], ...nothing };

    expect(standingLine('prod', two)).toBe('Live in prod: 2 of 2 stacks as they are here');
    expect(standingLine('prod', { ...two, takenBack: ['c'], underWay: ['d'], notBegun: ['e', 'f'] })).toBe(
      'Live in prod: 2 of 6 stacks as they are here; as before: c; CloudFormation still works on d; not begun: e, f',
    );
    expect(standingLine('prod', { ...two, outdated: ['c'], broken: ['d'] })).toBe(
      'Live in prod: 2 of 4 stacks as they are here; deployed, with values that have changed since: c; broken (docs/runbooks/broken-stack.md): d',
    );
  });
});
