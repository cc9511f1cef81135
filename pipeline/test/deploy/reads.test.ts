import { describe, expect, it } from 'vitest';
import { missingIn, namesReadBy } from '../../src/deploy/reads.js';
import { releasedStack } from './builders.js';

const template = {
  Parameters: {
    Table: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/shop/table' },
    Again: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/shop/table' },
    Secret: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/local/secret' },
    Environment: { Type: 'String', Default: 'local' },
  },
};

describe('what a stack reads from Parameter Store', () => {
  it('is named by its parameters, once each', () => {
    expect(namesReadBy({ stack: releasedStack('orders'), template })).toEqual([
      '/local/secret',
      '/shop/table',
    ]);
  });

  it('is named by what SAM is given where that says otherwise', () => {
    const stack = { ...releasedStack('payment-sandbox'), parameters: 'Environment=dev Secret=/dev/secret' };

    expect(namesReadBy({ stack, template })).toEqual(['/dev/secret', '/shop/table']);
  });

  it('is missing while nobody has written it', () => {
    expect(missingIn({ '/shop/table': 'orders', '/dev/secret': undefined })).toEqual(['/dev/secret']);
  });
});
