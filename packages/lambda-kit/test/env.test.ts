import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import { ConfigError, parseEnv } from '../src/env.js';

const schema = z.object({
  TABLE_NAME: z.string().check(z.minLength(3)),
  GATEWAY_URL: z.url(),
  LIMIT: z.coerce.number(),
});
const valid = { TABLE_NAME: 'orders', GATEWAY_URL: 'https://example.com', LIMIT: '7', PATH: '/bin' };

it('gives what the schema names, typed', () => {
  expect(parseEnv(schema, valid)).toEqual({
    TABLE_NAME: 'orders',
    GATEWAY_URL: 'https://example.com',
    LIMIT: 7,
  });
});

it('names every variable that is missing or wrong, and no value', () => {
  const parse = () => parseEnv(schema, { TABLE_NAME: 'x1', LIMIT: 'sk_live_secret' });

  expect(parse).toThrow(ConfigError);
  expect(parse).toThrow(
    'Environment: TABLE_NAME must be at least 3 characters; GATEWAY_URL is missing; LIMIT must be of type number',
  );
});
