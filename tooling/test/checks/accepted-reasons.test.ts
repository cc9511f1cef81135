import { describe, expect, it } from 'vitest';
import { nagReasonsIn, tooManyReasons } from '../../src/checks/accepted-reasons.js';
import { plantTree } from '../planted-tree.js';

const metadata = (...reasons: string[]) =>
  JSON.stringify({
    '/Stack/Bucket': [
      { type: 'aws:cdk:logicalId', data: 'Bucket' },
      ...reasons.map((reason) => ({
        type: 'aws:cdk:acknowledged-rules',
        data: { 'AwsSolutions-S1': reason },
      })),
    ],
    '/Stack/Nothing': [{ type: 'aws:cdk:path' }],
  });

describe('reasons for which findings are accepted', () => {
  it('are read from every stack of an app, each once', () => {
    const folder = plantTree({
      'a.metadata.json': metadata('one', 'two'),
      'b.metadata.json': metadata('two', 'three'),
      'b.template.json': '{}',
    });

    expect(nagReasonsIn([folder])).toEqual(new Set(['one', 'two', 'three']));
  });

  it.each([
    [24, 0],
    [25, 26],
  ])('%i of them make %i lines', (count, lines) => {
    const reasons = new Set(Array.from({ length: count }, (_, index) => `reason ${index}`));

    expect(tooManyReasons(reasons)).toHaveLength(lines);
  });
});
