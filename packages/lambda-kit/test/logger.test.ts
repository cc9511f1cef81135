import { lambdaContext } from '@shipline/testing';
import { afterEach, expect, it, vi } from 'vitest';
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
  vi.spyOn(console, 'info').mockImplementation((line: string) => lines.push(JSON.parse(line)));
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
