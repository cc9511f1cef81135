import { describe, expect, it } from 'vitest';
import { environmentNames } from '../src/environment.js';
import { parameters, type StackId, stackIds } from '../src/names.js';
import { dependenciesOf, deployOrder } from '../src/stack-graph.js';
import { synthesisOf } from './synthesis.js';
import { ofType, type Template } from './template.js';

type Templates = Readonly<Record<StackId, Template>>;

const written = (template: Template) =>
  ofType(template, 'AWS::SSM::Parameter').map(([, { Properties }]) => String(Properties?.['Name']));
const read = (template: Template) =>
  Object.values(template.Parameters ?? {}).flatMap(({ Type, Default }) =>
    Type.startsWith('AWS::SSM::Parameter::Value') ? [String(Default)] : [],
  );

/** Parameters that a stack reads although nobody, or a stack that may be deployed later, writes them. */
function unordered(
  templates: Templates,
  dependencies: Record<StackId, StackId[]>,
  external: string[],
): string[] {
  const before = (id: StackId): StackId[] => dependencies[id].flatMap((other) => [other, ...before(other)]);
  return stackIds.flatMap((id) => {
    const there = new Set([...before(id).flatMap((other) => written(templates[other])), ...external]);
    return read(templates[id])
      .filter((name) => !there.has(name))
      .map((name) => `${id} reads ${name}`);
  });
}

/** Dependencies that no parameter asks for: they only make a deployment slower. */
function needless(templates: Templates, dependencies: Record<StackId, StackId[]>): string[] {
  return stackIds.flatMap((id) =>
    dependencies[id]
      .filter((other) => !read(templates[id]).some((name) => written(templates[other]).includes(name)))
      .map((other) => `${id} does not read from ${other}`),
  );
}

describe.each(environmentNames)('the stacks of %s', (name) => {
  const { templates, environment, stacks } = synthesisOf(name);
  // The sandbox is deployed by SAM, before payments.
  const external = [parameters(name).sandboxUrl];

  it('come after every stack that they read from, and after no other', () => {
    expect(unordered(templates, dependenciesOf(environment), external)).toEqual([]);
    expect(needless(templates, dependenciesOf(environment))).toEqual([]);
  });

  it('tell the CDK the same order', () => {
    for (const id of stackIds) {
      const told = stacks[id].dependencies.map((stack) => stack.stackName);
      expect(told.toSorted()).toEqual(
        dependenciesOf(environment)
          [id].map((other) => stacks[other].stackName)
          .toSorted(),
      );
    }
  });

  it('each write parameters that nobody else writes', () => {
    const names = stackIds.flatMap((id) => written(templates[id]));
    expect(names).toHaveLength(new Set(names).size);
  });
});

describe('deployOrder', () => {
  it('begins with what has state and ends with what needs everything', () => {
    const waves = deployOrder({ shopUrl: 'http://localhost:4567' });
    expect(waves[0]).toContain('platform');
    expect(waves[0]).toContain('orders-data');
    expect(waves.at(-1)).toEqual(['edge']);
    expect(waves.flat()).toHaveLength(stackIds.length);
  });

  it('lets receipts wait for the front door where its address is known only then', () => {
    expect(deployOrder({}).at(-1)).toEqual(['notifications']);
  });
});

describe('a planted violation', () => {
  const { templates, environment } = synthesisOf('local');

  it('of the order is seen', () => {
    const planted = { ...dependenciesOf(environment), cart: ['cart-data', 'platform'] as StackId[] };
    expect(unordered(templates, planted, [])).toEqual(['cart reads /shipline/local/catalog/functions/quote']);
  });

  it('of parallelism is seen', () => {
    const planted = { ...dependenciesOf(environment), 'catalog-data': ['platform'] as StackId[] };
    expect(needless(templates, planted)).toEqual(['catalog-data does not read from platform']);
  });
});
