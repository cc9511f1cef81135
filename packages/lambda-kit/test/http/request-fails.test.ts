import {
  InternalServerError,
  Router,
  ServiceUnavailableError,
} from '@aws-lambda-powertools/event-handler/http';
import { lambdaContext } from '@shipline/testing';
import { describe, expect, it } from 'vitest';
import { setup } from './setup.js';

describe('A fault', () => {
  it.each([
    ['an unexpected error', '/broken', 'secret inside'],
    ['a refusal without a table', '/forgotten', 'FORGOTTEN'],
    ['a handler of errors that fails itself', '/clumsy', 'clumsy'],
    ['a reply that cannot be sent', '/not-serialisable', 'BigInt'],
    ['a route without the authorizer that it needs', '/mine', 'no JWT authorizer'],
  ])('fails the function: %s', async (_, path, message) => {
    const { send, logger } = setup();

    await expect(send({ path })).rejects.toThrow(message);
    expect(logger.lines).toMatchObject([
      { level: 'error', message: 'request failed', error: expect.any(Error) },
    ]);
  });

  it.each([new InternalServerError('inside'), new ServiceUnavailableError('inside')])(
    'fails the function when the router’s own class says $statusCode',
    async (error) => {
      const api = new Router();
      api.get('/', async () => {
        throw error;
      });

      await expect(setup(api).send({})).rejects.toThrow('inside');
    },
  );

  it('fails the function for an event that is no request', async () => {
    const { handler } = setup();

    await expect(handler({ httpMethod: 'GET' }, lambdaContext())).rejects.toThrow();
  });

  it('of one request is not the next one’s', async () => {
    const { send } = setup();
    await expect(send({ path: '/broken' })).rejects.toThrow();

    expect(await send({ path: '/parcels/p1' })).toMatchObject({ statusCode: 200 });
  });
});
