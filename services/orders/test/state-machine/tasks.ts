import {
  AuthoriseInput,
  AuthoriseOutput,
  CaptureOutput,
  CloseOrderInput,
  CloseOrderOutput,
  CommitStockOutput,
  ParkOrderOutput,
  ReleaseStockOutput,
  TaskInput,
  VoidPaymentInput,
  VoidPaymentOutput,
} from '@shipline/contracts';
import type * as z from 'zod/mini';

type ObjectSchema = { readonly shape: Readonly<Record<string, unknown>> };
export interface Task {
  readonly input: ObjectSchema;
  readonly output: z.ZodMiniType;
  readonly success: unknown;
  readonly refusal?: unknown;
}
const suffix = '01JZ8QK3T5V7X9BCDEFGHJKMNP';
const amount = { amount: 2800, currency: 'USD' };
/** The seven tasks: substitution -> the contract of its function, with an answer of each kind. */
export const tasks: Record<string, Task> = {
  AuthoriseFunction: {
    input: AuthoriseInput,
    output: AuthoriseOutput,
    success: { authorised: { paymentId: `pay_${suffix}` } },
    refusal: { refused: { reason: 'card_declined' } },
  },
  CommitStockFunction: {
    input: TaskInput,
    output: CommitStockOutput,
    success: { committed: { reservationId: `res_${suffix}` } },
    refusal: { gone: { state: 'expired' } },
  },
  CaptureFunction: {
    input: TaskInput,
    output: CaptureOutput,
    success: { captured: { amount } },
    refusal: { notCapturable: { reason: 'payment_not_capturable' } },
  },
  VoidPaymentFunction: {
    input: VoidPaymentInput,
    output: VoidPaymentOutput,
    success: { voided: {} },
    refusal: { alreadyCaptured: { amount } },
  },
  ReleaseStockFunction: {
    input: TaskInput,
    output: ReleaseStockOutput,
    success: { released: { state: 'released' } },
  },
  CloseOrderFunction: {
    input: CloseOrderInput,
    output: CloseOrderOutput,
    success: { closed: { status: 'refused' } },
  },
  ParkOrderFunction: {
    input: CloseOrderInput,
    output: ParkOrderOutput,
    success: { parked: { status: 'review' } },
  },
};
