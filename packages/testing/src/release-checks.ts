import { OrderId } from '@shipline/contracts';
import type { Context } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { lambdaContext } from './lambda-context.js';
import { type Answer, spoilings } from './spoilings.js';

// As @shipline/lambda-kit/release-checks has them: that package's own tests use this one, so it is not imported here.
type CallVersion = (payload: unknown) => Promise<Answer>;
interface Trial {
  readonly target: CallVersion;
  readonly live: (functionName: string) => CallVersion;
  readonly correlationId: string;
  readonly orderId: OrderId;
  readonly afterwards: (cleanUp: () => Promise<unknown>) => void;
}
interface ReleaseCheck {
  readonly name: string;
  readonly writes?: true;
  readonly run: (trial: Trial) => Promise<void>;
}

type Handlers = Readonly<Record<string, (event: never, context: Context) => Promise<unknown>>>;

/** A service on fakes. */
export interface CheckedService {
  /** By the function's name, as the table has it. */
  readonly handlers: Handlers;
  /** Functions that checks call and that are not on trial themselves. */
  readonly others?: Handlers;
  /** What a check must leave as it was; compared by value. */
  readonly state: () => unknown;
  /** All that is stored anywhere, for what has no `writes` and so may run in prod: not one item may change. */
  readonly stored: () => unknown;
}

/**
 * What a service's table of release checks must do: pass on the service as it is, on every function that shifts;
 * fail as soon as anything in an answer is broken; and leave everything as it was, in either case.
 *
 * @param open a new service for every run
 * @param promised the fields of answers that the checks hold to, where they let others pass
 * @example describeReleaseChecks(catalogReleaseChecks({ sku }), setup);
 */
export function describeReleaseChecks(
  checks: Readonly<Record<string, readonly ReleaseCheck[]>>,
  open: () => CheckedService | Promise<CheckedService>,
  promised?: readonly string[],
): void {
  it('has checks for each function, some of which only read', async () => {
    const { handlers } = await open();
    const reading = Object.entries(checks).filter(([, list]) => list.some(({ writes }) => !writes));

    expect(reading.map(([name]) => name).sort()).toEqual(Object.keys(handlers).sort());
  });

  for (const [functionName, list] of Object.entries(checks))
    describe.each(list)(`a new version of ${functionName} that $name`, (check) => {
      it('passes, and all is as before', async () => {
        const { failures, answers } = await tryOut(await open(), functionName, check);

        expect(failures).toEqual([]);
        expect(answers.length).toBeGreaterThan(0);
      });

      it('fails when anything in an answer is broken, and all is as before', async () => {
        const { answers } = await tryOut(await open(), functionName, check);
        const unnoticed: string[] = [];
        for (const [call, answer] of answers.entries())
          for (const { how, spoil } of spoilings(answer, promised)) {
            const { failures } = await tryOut(await open(), functionName, check, { call, spoil });
            if (failures.length === 0) unnoticed.push(`answer ${call}: ${how}`);
            expect(failures.filter(({ name }) => name !== 'CheckFailed')).toEqual([]);
          }

        expect(unnoticed).toEqual([]);
      });
    });
}

interface Sabotage {
  /** Which of the target's answers. */
  readonly call: number;
  readonly spoil: (answer: Answer) => Answer;
}

let trials = 0;

async function tryOut(
  { handlers, others, state, stored }: CheckedService,
  functionName: string,
  { run, writes }: ReleaseCheck,
  sabotage?: Sabotage,
) {
  const answers: Answer[] = [];
  const failures: Error[] = [];
  const cleanUps: (() => Promise<unknown>)[] = [];
  const attempt = (step: () => Promise<unknown>) => step().catch((error: Error) => failures.push(error));
  const call =
    (name: string): CallVersion =>
    (payload) =>
      invoked({ ...handlers, ...others }[name], payload);
  const [before, storedBefore] = structuredClone([await state(), await stored()]);
  await attempt(() =>
    run({
      target: async (payload) => {
        const answer = await call(functionName)(payload);
        answers.push(answer);
        return sabotage?.call === answers.length - 1 ? sabotage.spoil(answer) : answer;
      },
      live: call,
      correlationId: 'synthetic-d-TEST12345',
      orderId: OrderId.parse(`ord_${String(++trials).padStart(26, '0')}`),
      afterwards: (cleanUp) => cleanUps.unshift(cleanUp),
    }),
  );
  // What may run in prod changes nothing, not even for a moment.
  if (!writes) expect(await stored()).toEqual(storedBefore);
  for (const cleanUp of cleanUps) await attempt(cleanUp);
  expect(await state()).toEqual(before);
  return { answers, failures };
}

/** As Lambda does it: JSON in, JSON or an error out. */
async function invoked(handler: Handlers[string] | undefined, payload: unknown): Promise<Answer> {
  if (!handler) return { error: { type: 'ResourceNotFoundException', message: 'There is no such function' } };
  try {
    const value = await handler(JSON.parse(JSON.stringify(payload)) as never, lambdaContext());
    return { value: value === undefined ? null : JSON.parse(JSON.stringify(value)) };
  } catch (error) {
    const { name, message } = error as Error;
    return { error: { type: name, message } };
  }
}
