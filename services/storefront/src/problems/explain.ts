import { ApiProblem } from '@shipline/contracts/client';
import { sentences } from './sentences.js';

/** What can be done about a failure, so that a page knows which button to offer. */
export type Remedy = 'retry' | 'sign-in' | 'none';
export interface Explanation {
  readonly text: string;
  readonly remedy: Remedy;
  /** Given to support, who find the request by it. */
  readonly reference?: string;
}

const isKnown = (code: string): code is keyof typeof sentences => Object.hasOwn(sentences, code);

/** Turns whatever a call threw into a sentence for people. Never shows a code, a stack or a URL. */
export function explain(error: unknown, online = globalThis.navigator?.onLine ?? true): Explanation {
  if (error instanceof ApiProblem) return explainProblem(error);
  if (!online)
    return { text: 'You seem to be offline. Reconnect, and we carry on where you were.', remedy: 'retry' };
  if (isNamed(error, 'TimeoutError'))
    return { text: 'The shop is taking too long to answer. Try again in a moment.', remedy: 'retry' };
  // fetch reports every kind of network failure as a TypeError.
  if (error instanceof TypeError)
    return {
      text: 'The shop cannot be reached. Check your connection and try again.',
      remedy: 'retry',
    };
  return { text: 'Something went wrong on our side. Try again in a moment.', remedy: 'retry' };
}

function explainProblem({ code, status, problem }: ApiProblem): Explanation {
  const reference = problem?.correlationId === undefined ? {} : { reference: problem.correlationId };
  if (isKnown(code)) return { text: sentences[code], remedy: remedyOf(status), ...reference };
  if (status === 401)
    return { text: 'Your sign-in has ended. Sign in again to go on.', remedy: 'sign-in', ...reference };
  if (status === 403) return { text: 'Your account may not do that.', remedy: 'none', ...reference };
  if (status === 429)
    return {
      text: 'That was a little fast for us. Wait a moment and try again.',
      remedy: 'retry',
      ...reference,
    };
  if (status >= 500)
    return {
      text: 'Something went wrong on our side. Try again in a moment.',
      remedy: 'retry',
      ...reference,
    };
  return { text: 'The shop could not do that. Reload the page and try again.', remedy: 'none', ...reference };
}

const remedyOf = (status: number): Remedy => (status === 409 || status >= 500 ? 'retry' : 'none');
const isNamed = (error: unknown, name: string) => error instanceof Error && error.name === name;
