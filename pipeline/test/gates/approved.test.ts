import { silentProgress } from '@shipline/tooling/progress';
import { describe, expect, it } from 'vitest';
import {
  approvedPlanFile,
  type Plan,
  type PlannedStack,
  planFile,
  sealed,
  writePlan,
} from '../../src/deploy/plan-file.js';
import { releaseIn } from '../../src/deploy/release-digest.js';
import { approved } from '../../src/gates/approved.js';
import { writeManifest } from '../../src/release/manifest.js';
import { plan, plannedStack, tableChange } from '../deploy/builders.js';
import { commit, folderOf } from '../release/builders.js';

interface Approval {
  readonly seen?: (release: string) => Plan;
  readonly now?: (release: string) => Plan;
  readonly goesBack?: boolean;
}

/** A release, the plan that was approved, and the plan that was made now. */
function setup({ seen, now, goesBack = false }: Approval) {
  const releaseFolder = folderOf({ 'templates/prod/x.template.json': '{}' });
  writeManifest(releaseFolder, { commit, accounts: { prod: '100000000004' } });
  const reports = folderOf({});
  const { digest } = releaseIn(releaseFolder);
  if (seen) writePlan(approvedPlanFile(reports), seen(digest));
  if (now) writePlan(planFile(reports), now(digest));
  return approved.run({ environment: 'prod', releaseFolder, reports, goesBack, progress: silentProgress });
}

const asPlanned = (release: string) => plan({ release });

describe('an approval', () => {
  it('opens the gate for the same release and the same plan, whatever its change sets are called now', async () => {
    const now = (release: string) =>
      plan({ release, stacks: [plannedStack({ changeSet: 'arn:aws:another' })] });

    await expect(setup({ seen: asPlanned, now })).resolves.toBeUndefined();
  });

  it('is missing where nobody said yes', async () => {
    await expect(setup({ now: asPlanned })).rejects.toThrow(/Nobody has approved anything/);
  });

  it('is of one release only', async () => {
    await expect(setup({ seen: () => plan({ release: 'b'.repeat(64) }), now: asPlanned })).rejects.toThrow(
      /Another release was approved: bbbbbbbbbbbb/,
    );
  });

  it('is of one plan only: the sentence names what differs', async () => {
    const now = (release: string) =>
      plan({ release, stacks: [plannedStack({ changes: [tableChange({ properties: ['BillingMode'] })] })] });

    await expect(setup({ seen: asPlanned, now })).rejects.toThrow(
      /now: shipline-prod-orders-data ~ OrdersTable \(AWS::DynamoDB::Table\): BillingMode; approved: .*TimeToLiveSpecification/,
    );
  });

  it.each([
    [
      'permissions',
      plannedStack({ permissions: ['+ ApiRole: Allow s3:* on *'] }),
      /permission \+ ApiRole: Allow s3/,
    ],
    [
      'values that are read',
      plannedStack({ reads: { '/shop/table': 'other' } }),
      /reads other from \/shop\/table/,
    ],
    ['stacks', plannedStack({ stackName: 'shipline-prod-edge' }), /update shipline-prod-edge/],
  ])('is void when %s differ', async (_, stack, sentence) => {
    await expect(
      setup({ seen: asPlanned, now: (release) => plan({ release, stacks: [stack] }) }),
    ).rejects.toThrow(sentence);
  });

  it('is void when somebody has touched the plan that was approved', async () => {
    const touched = (release: string): Plan => ({ ...plan({ release }), stacks: [] });

    await expect(setup({ seen: touched, now: asPlanned })).rejects.toThrow(/was changed after it was made/);
  });

  it('says nothing about a plan that was never made', async () => {
    await expect(setup({ seen: asPlanned })).rejects.toThrow(/There is no plan to compare/);
  });

  it('holds for a plan in which keys stand in another order', () => {
    const { digest, ...rest } = plan();

    expect(sealed(Object.fromEntries(Object.entries(rest).reverse()) as typeof rest).digest).toBe(digest);
  });
});

describe('the approval of a release that comes back', () => {
  const goesBack = true;
  const wayBack = (release: string) =>
    plan({ release, stacks: [plannedStack({ permissions: ['- ApiRole: Allow s3:GetObject on *'] })] });

  it('holds although the way back is another plan', async () => {
    await expect(setup({ seen: asPlanned, now: wayBack, goesBack })).resolves.toBeUndefined();
  });

  it.each([
    ['was never given', {}, /Nobody has approved anything/],
    ['was given to another', { seen: () => plan({ release: 'b'.repeat(64) }) }, /Another release/],
    ['was touched', { seen: (release: string) => ({ ...plan({ release }), stacks: [] }) }, /was changed/],
    ['is all that there is', { seen: asPlanned, now: undefined }, /There is no plan to compare/],
  ])('is void where it %s', async (_, given, sentence) => {
    await expect(setup({ now: wayBack, goesBack, ...given } as Approval)).rejects.toThrow(sentence);
  });
});

describe('the approval of a plan of which a part is live', () => {
  const data = plannedStack();
  const cart = plannedStack({ id: 'cart', stackName: 'shipline-prod-cart', reads: { '/shop/table': 'one' } });
  const waits = plannedStack({
    id: 'edge',
    stackName: 'shipline-prod-edge',
    operation: 'create',
    changeSet: undefined,
    waitsFor: ['/shop/cart'],
    changes: [tableChange({ action: 'Add' })],
  });
  const seen = (release: string) => plan({ release, stacks: [data, cart, waits], unchanged: ['mail'] });
  const left =
    (stacks: PlannedStack[], unchanged = ['mail', 'orders-data']) =>
    (release: string) =>
      plan({ release, stacks, unchanged });
  const written = { ...waits, changeSet: 'arn:aws:new', waitsFor: [], reads: { '/shop/cart': 'a' } };

  it('holds for what is left, and for what has been written meanwhile for the stacks that waited', async () => {
    await expect(setup({ seen, now: left([cart, waits]) })).resolves.toBeUndefined();
    await expect(setup({ seen, now: left([cart, written]) })).resolves.toBeUndefined();
    await expect(
      setup({ seen, now: left([], ['mail', 'orders-data', 'cart', 'edge']) }),
    ).resolves.toBeUndefined();
  });

  it.each<[string, PlannedStack[], RegExp]>([
    ['a stack that was to be left alone', [plannedStack({ stackName: 'x', id: 'mail' })], /now: update x/],
    ['another permission', [{ ...cart, permissions: ['+ A: Allow s3:* on *'] }, waits], /permission \+ A/],
    [
      'another change',
      [{ ...cart, changes: [tableChange({ action: 'Remove' })] }, waits],
      /now: .* - Orders/,
    ],
    ['another value', [{ ...cart, reads: { '/shop/table': 'two' } }, waits], /reads two from/],
    ['a permission that came by waiting', [cart, { ...written, permissions: ['+ A: b'] }], /permission \+ A/],
    ['a value that nobody waited for', [cart, { ...written, reads: { '/a': 'b' } }], /reads b from \/a/],
  ])('is void for %s', async (_, stacks, sentence) => {
    const unchanged = stacks.some(({ id }) => id === 'mail')
      ? ['orders-data', 'cart', 'edge']
      : ['mail', 'orders-data'];
    await expect(setup({ seen, now: left(stacks, unchanged) })).rejects.toThrow(sentence);
  });

  it('is void where a stack of it is neither left nor as the release has it', async () => {
    await expect(setup({ seen, now: left([cart, waits], ['mail']) })).rejects.toThrow(
      /approved: update shipline-prod-orders-data/,
    );
  });
});
