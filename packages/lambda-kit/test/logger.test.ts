import { lambdaContext } from '@shipline/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createLogger } from '../src/logger.js';
import { annotateOrder, inScope } from '../src/scope.js';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

function setup() {
  const lines: Record<string, unknown>[] = [];
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'parcels');
  vi.stubEnv('AWS_LAMBDA_FUNCTION_VERSION', '7');
  const keep = (line: string) => void lines.push(JSON.parse(line));
  vi.spyOn(console, 'info').mockImplementation(keep);
  vi.spyOn(console, 'error').mockImplementation(keep);
  const logger = createLogger();
  logger.addContext(lambdaContext());
  return { logger, lines };
}

it('puts the scope on every line', () => {
  const { logger, lines } = setup();
  inScope({ correlationId: 'correlation-1', annotations: {} }, () => {
    annotateOrder('ord_1');
    logger.info('hello', { more: 1 });
  });

  expect(lines).toEqual([
    expect.objectContaining({
      level: 'INFO',
      message: 'hello',
      service: 'parcels',
      correlation_id: 'correlation-1',
      order_id: 'ord_1',
      function_version: '7',
      function_request_id: lambdaContext().awsRequestId,
      more: 1,
    }),
  ]);
});

it('does not mix scopes that run side by side', async () => {
  const { logger, lines } = setup();
  const one = (id: string) =>
    inScope({ correlationId: id, annotations: {} }, async () => {
      await Promise.resolve();
      logger.info(id);
    });
  await Promise.all([one('first'), one('second')]);

  expect(lines.map((line) => [line['message'], line['correlation_id']])).toEqual([
    ['first', 'first'],
    ['second', 'second'],
  ]);
});

describe('of an error', () => {
  const secretive = (message: string, options?: ErrorOptions) =>
    Object.assign(new Error(message, options), {
      code: 'card_declined',
      statusCode: 402,
      requestId: 'req_1',
      raw: { payment_intent: { client_secret: 'hush' } },
      headers: { authorization: 'hush' },
    });
  const told = { code: 'card_declined', statusCode: 402, requestId: 'req_1' };

  it.each([
    ['an error', secretive('no'), { message: 'no', ...told }],
    [
      'its causes',
      new Error('outer', { cause: new Error('middle', { cause: secretive('inner') }) }),
      { message: 'outer', cause: { message: 'middle', cause: { message: 'inner', ...told } } },
    ],
    [
      'all of several',
      new AggregateError([secretive('one'), secretive('two')], 'both'),
      {
        message: 'both',
        errors: [
          { message: 'one', ...told },
          { message: 'two', ...told },
        ],
      },
    ],
    [
      'one of the AWS SDK',
      Object.assign(new Error('busy'), {
        $metadata: { httpStatusCode: 429, requestId: 'aws-1' },
        Item: 'hush',
      }),
      { message: 'busy', statusCode: 429, requestId: 'aws-1' },
    ],
    ['what is no error', new Error('outer', { cause: { password: 'hush' } }), { cause: 'object' }],
    [
      'a code that is no code',
      Object.assign(new Error('odd'), { code: { password: 'hush' } }),
      { message: 'odd' },
    ],
  ])('says what %s was, and none of what it carries', (_, error, expected) => {
    const { logger, lines } = setup();
    logger.error('failed', error);
    logger.error('failed', { reason: error });
    logger.error('failed', { about: { reason: error } });

    expect(lines).toMatchObject([{ error: expected }, { reason: expected }, { about: { reason: expected } }]);
    expect(lines[0]?.['error']).toMatchObject({ name: error.name, stack: expect.anything() });
    expect(JSON.stringify(lines)).not.toContain('hush');
  });

  it('ends with causes that go round in a circle', () => {
    const { logger, lines } = setup();
    const error = new Error('round');
    error.cause = error;
    logger.error('failed', error);

    expect(lines).toMatchObject([{ error: { message: 'round', cause: { message: 'round' } } }]);
  });
});
