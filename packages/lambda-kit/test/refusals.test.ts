import { Router } from '@aws-lambda-powertools/event-handler/http';
import { expect, it } from 'vitest';
import { Refusal, refusals } from '../src/index.js';

class LockerError extends Refusal<'LOCKED' | 'FULL'> {
  override readonly name = 'LockerError';
}

it('does not compile while a code has no status', () => {
  refusals(new Router(), LockerError, { LOCKED: 423, FULL: 409 });
  // @ts-expect-error FULL has no status
  refusals(new Router(), LockerError, { LOCKED: 423 });
  // @ts-expect-error JAMMED is no code
  refusals(new Router(), LockerError, { LOCKED: 423, FULL: 409, JAMMED: 409 });

  expect(new LockerError('FULL')).toMatchObject({ code: 'FULL', message: 'FULL' });
});
