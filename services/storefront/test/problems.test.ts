import { ClosingReason, commonProblems, endpoints } from '@shipline/contracts';
import { ApiProblem } from '@shipline/contracts/client';
import { describe, expect, it } from 'vitest';
import { closingSentences } from '../src/problems/closing-reasons.js';
import { explain } from '../src/problems/explain.js';
import { sentences } from '../src/problems/sentences.js';

const allCodes = new Set([
  ...Object.keys(commonProblems),
  ...Object.values(endpoints).flatMap(({ problems }) => Object.keys(problems)),
]);
const problem = (status: number, code: string) =>
  new ApiProblem(status, code, { type: 'about:blank', title: 'x', status, code, correlationId: '1-abc' });

describe('sentences', () => {
  it('has one for every refusal of every route, and none for refusals that do not exist', () => {
    expect(new Set(Object.keys(sentences))).toEqual(allCodes);
  });

  it('has one for every reason that closes an order', () => {
    expect(new Set(Object.keys(closingSentences))).toEqual(new Set(ClosingReason.options));
  });

  it.each(Object.entries({ ...sentences, ...closingSentences }))(
    'speaks to people about %s',
    (code, text) => {
      expect(text).toMatch(/^[A-Z].*\.$/);
      expect(text).not.toContain(code);
      expect(text).not.toMatch(/\b(error|invalid|null|undefined|http|sku|idempotency)\b/i);
    },
  );
});

describe('explain', () => {
  it('finds the sentence of a code and keeps the reference for support', () => {
    expect(explain(problem(409, 'SOLD_OUT'))).toEqual({
      text: sentences.SOLD_OUT,
      remedy: 'retry',
      reference: '1-abc',
    });
  });

  it('offers to sign in when the gateway no longer takes the token', () => {
    expect(explain(new ApiProblem(401, 'HTTP_401')).remedy).toBe('sign-in');
  });

  it.each([
    ['being throttled', new ApiProblem(429, 'HTTP_429'), /fast/],
    ['a fault of the shop', new ApiProblem(500, 'INTERNAL'), /our side/],
    ['a code of a newer release', problem(418, 'TEAPOT'), /Reload/],
    ['a time-out', new DOMException('late', 'TimeoutError'), /too long/],
    ['no connection', new TypeError('Failed to fetch'), /cannot be reached/],
    ['anything else', new Error('secret detail'), /our side/],
  ])('has a sentence for %s', (_, error, sentence) => {
    expect(explain(error, true).text).toMatch(sentence);
    expect(explain(error, true).text).not.toMatch(/TEAPOT|secret|fetch/);
  });

  it('says that the browser is offline before it blames the shop', () => {
    expect(explain(new TypeError('Failed to fetch'), false).text).toMatch(/offline/);
  });
});
