import { visit } from '@shipline/pipeline/shop/visit';
import { expect, it } from 'vitest';
import { outputs } from '../../support/environment.js';

it('goes from the first page to the money back', async () => {
  const { steps, failure } = await visit({ outputs, number: 3, buys: true });

  expect(failure).toBeUndefined();
  expect(steps.map(({ name }) => name)).toEqual([
    'open the storefront',
    'list the products',
    'look at one that is there',
    'open a cart',
    'be quoted a price',
    'sign up',
    'take the cart along',
    'order',
    'see it confirmed',
    'cancel it',
    'see it cancelled',
    'have money and stock back',
  ]);
});

it('ends with the quote where cards are real', async () => {
  const { steps, failure } = await visit({ outputs, number: 4, buys: false });

  expect(failure).toBeUndefined();
  expect(steps.at(-1)?.name).toBe('be quoted a price');
});

it('says at which step it came to an end, and why', async () => {
  const misled = { ...outputs, environment: 'staging' as const };

  await expect(visit({ outputs: misled, number: 0, buys: true })).resolves.toMatchObject({
    steps: [],
    failure: `open the storefront: the page is configured for ${outputs.environment}`,
  });
});
