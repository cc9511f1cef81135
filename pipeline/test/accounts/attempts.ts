import { expect } from 'vitest';
import { type Actor, type Attempt, answerTo } from './simulation.js';

type ResourcePolicy = Parameters<typeof answerTo>[2];

export const deny = (actor: Actor, attempt: Attempt, resourcePolicy?: ResourcePolicy) =>
  expect(answerTo(actor, attempt, resourcePolicy)).resolves.toMatch(/Denied$/);
export const permit = (actor: Actor, attempt: Attempt, resourcePolicy?: ResourcePolicy) =>
  expect(answerTo(actor, attempt, resourcePolicy)).resolves.toBe('Allowed');
