import { describe, expect, it } from 'vitest';
import { missingOfFollowing, type OrdersSeen } from '../../src/workshop/follow-an-order.js';
import { missingOfSam } from '../../src/workshop/sam-by-hand.js';
import { missingOfCanary, type Shift } from '../../src/workshop/ship-with-a-canary.js';

const confirmed = { orderId: 'ord_1', status: 'confirmed' } as const;
const refused = { orderId: 'ord_2', status: 'refused' } as const;
const sentences = (...starts: string[]) => starts.map((start) => expect.stringContaining(start));

describe('the check of lesson 1', () => {
  it.each<[string, OrdersSeen, string[]]>([
    ['nothing', { orders: [], mails: [] }, ['No order is confirmed', 'No order is refused']],
    [
      'an order on its way',
      { orders: [{ orderId: 'ord_3', status: 'placed' }], mails: [] },
      ['No order is confirmed', 'No order is refused'],
    ],
    ['no receipt', { orders: [confirmed, refused], mails: ['Order ord_2'] }, ['`pnpm trace ord_1`']],
    ['no refusal', { orders: [confirmed], mails: ['Order ord_1'] }, ['No order is refused']],
    ['all of it', { orders: [confirmed, refused], mails: ['Order ord_1'] }, []],
  ])('finds %s', (_, seen, missing) => {
    expect(missingOfFollowing(seen)).toEqual(sentences(...missing));
  });
});

describe('the check of lesson 2', () => {
  const done = { knowsCard: true, isDeployedByHand: true, isPaidWith: true };

  it.each([
    [
      'no card, and asks for nothing else before',
      { ...done, knowsCard: false, isPaidWith: false },
      ['does not know the card'],
    ],
    ['that another command shipped it', { ...done, isDeployedByHand: false }, ['do steps 4 and 5 by hand']],
    ['that nobody paid', { ...done, isPaidWith: false }, ['Nobody has paid']],
    ['all of it', done, []],
  ])('finds %s', (_, seen, missing) => {
    expect(missingOfSam(seen)).toEqual(sentences(...missing));
  });
});

describe('the check of lesson 3', () => {
  const shift = (status: string, error?: string, isRollback = false): Shift => ({
    status,
    error,
    isRollback,
  });
  const sound = shift('Succeeded');
  const refusal = shift('Failed', 'HOOK_EXECUTION_FAILURE');
  const takenBack = shift('Stopped', 'ALARM_ACTIVE');
  const rollback = shift('Succeeded', undefined, true);

  it.each<[string, Shift[], string[]]>([
    ['nothing', [], ['gone live', 'refused by its release check', 'taken back by its alarm']],
    [
      'that a rollback is no release',
      [rollback],
      ['gone live', 'refused by its release check', 'taken back by its alarm'],
    ],
    ['no refusal', [sound, takenBack, rollback, sound], ['refused by its release check']],
    [
      'another failure than that of the check',
      [sound, shift('Failed', 'TIMEOUT'), takenBack, sound],
      ['refused by its release check'],
    ],
    ['nothing taken back', [sound, refusal, rollback, sound], ['taken back by its alarm']],
    ['a stop by hand', [sound, refusal, shift('Stopped'), sound], ['taken back by its alarm']],
    [
      'no sound release after the bad ones',
      [sound, refusal, rollback, takenBack, rollback],
      ['ended as Stopped'],
    ],
    ['all of it', [sound, refusal, rollback, takenBack, rollback, sound], []],
  ])('finds %s', (_, shifts, missing) => {
    expect(missingOfCanary(shifts)).toEqual(sentences(...missing));
  });
});
