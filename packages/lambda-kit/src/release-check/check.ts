import type { OrderId } from '@shipline/contracts';

export { SYNTHETIC_CUSTOMER } from '../synthetic.js';

/** What a function answered, or how it failed. */
export type Answer =
  | { readonly value: unknown }
  | { readonly error: { readonly type: string; readonly message: string } };

/** Invokes one version of one function. @throws {CheckFailed} where no answer comes in time. */
export type CallVersion = (payload: unknown) => Promise<Answer>;

/** One run of one check. */
export interface Trial {
  /** The version that is to be released. */
  readonly target: CallVersion;
  /** What customers use now, of a function of the same service: to set up and to clean up. */
  readonly live: (functionName: string) => CallVersion;
  /** Tags everything that the check causes as synthetic. */
  readonly correlationId: string;
  /** An order of nobody's, another one for every run of every check. */
  readonly orderId: OrderId;
  /** Has something undone after the check, however it ends. Ask for it before the change, not after it. */
  readonly afterwards: (cleanUp: () => Promise<unknown>) => void;
}

export interface ReleaseCheck {
  /** Ends the sentence "the new version …". */
  readonly name: string;
  /** It changes something (and undoes it): left out where RELEASE_CHECKS is `read-only`. */
  readonly writes?: true;
  /** @throws {CheckFailed} */
  readonly run: (trial: Trial) => Promise<void>;
}

/** By the function's name below its service: `api`, `commit-stock`. */
export type ReleaseChecks = Readonly<Record<string, readonly ReleaseCheck[]>>;

/** Longer values say no more on a log line. */
const MOST = 500;

/** The version is not what it must be. Both sides are about synthetic requests only and are safe to log. */
export class CheckFailed extends Error {
  override readonly name = 'CheckFailed';
  readonly expected: string;
  readonly actual: string;

  constructor(expected: unknown, actual: unknown) {
    const [should, is] = [shown(expected), shown(actual)];
    super(`expected ${should}, got ${is}`);
    this.expected = should;
    this.actual = is;
  }
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length > MOST ? `${text.slice(0, MOST)}… (${text.length} characters)` : text;
}
