import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environment, placeholderInputs, stackIds, stackName } from '@shipline/infra';
import { describe, expect, it } from 'vitest';
import { releasedWaves } from '../../src/deploy/released-stacks.js';
import { folderOf } from '../release/builders.js';

/** A release with an empty template for each stack of an environment. */
function releaseFor(name: 'dev' | 'prod') {
  const templates = stackIds.map((id) => [`templates/${name}/${stackName(name, id)}.template.json`, '{}']);
  const sandbox = [`templates/${name}/${stackName(name, 'payment-sandbox')}.template.yaml`, ''];
  const folder = folderOf(Object.fromEntries(name === 'dev' ? [...templates, sandbox] : templates));
  const data = environment(name, { ...placeholderInputs, onLocalCloud: true });
  return { folder, waves: () => releasedWaves(folder, data) };
}

describe('the stacks of a release', () => {
  it('go in waves: state, the sandbox, then the services by what they read', () => {
    const order = releaseFor('dev')
      .waves()
      .map((wave) => wave.map(({ id }) => id));

    expect(order[0]).toEqual(expect.arrayContaining(['platform', 'orders-data']));
    expect(order[1]).toEqual(['payment-sandbox']);
    expect(order[2]).toEqual(expect.arrayContaining(['catalog', 'payments']));
    expect(order.flat().indexOf('orders')).toBeGreaterThan(order.flat().indexOf('payments'));
    expect(order.at(-1)).toEqual(['edge']);
  });

  it('are without a sandbox in prod', () => {
    expect(
      releaseFor('prod')
        .waves()
        .flat()
        .map(({ id }) => id),
    ).not.toContain('payment-sandbox');
  });

  it('have another digest when their template is another one, and only they', () => {
    const { folder, waves } = releaseFor('dev');
    const before = waves().flat();
    writeFileSync(join(folder, 'templates/dev/shipline-dev-cart.template.json'), '{"Resources":{}}');

    const changed = waves()
      .flat()
      .filter(({ digest }, index) => digest !== before[index]?.digest);

    expect(changed.map(({ id }) => id)).toEqual(['cart']);
  });

  it('must all be there', () => {
    const { folder } = releaseFor('prod');
    const dev = environment('dev', { ...placeholderInputs, onLocalCloud: true });

    expect(() => releasedWaves(folder, dev)).toThrow(/no template of shipline-dev-/);
  });
});
