import { describe, expect, it } from 'vitest';
import { toolsFrom } from '../../src/accounts/tools.js';

const account = { SHIPLINE_TOOLS_ACCOUNT: '100000000005' };

describe('the tools account', () => {
  it.each([
    ['github:example/shipline', { kind: 'github', owner: 'example', repository: 'shipline' }],
    ['gitlab:group/sub/shipline', { kind: 'gitlab', owner: 'group/sub', repository: 'shipline' }],
    ['codecommit:shipline', { kind: 'codecommit', repository: 'shipline' }],
  ])('gets its commits from %s', (SHIPLINE_SOURCE, source) => {
    expect(toolsFrom({ ...account, SHIPLINE_SOURCE }).source).toEqual(source);
  });

  it.each(['', 'github:shipline', 'svn:a/b', 'codecommit:a/b'])(
    'refuses the source %j',
    (SHIPLINE_SOURCE) => {
      expect(() => toolsFrom({ ...account, SHIPLINE_SOURCE })).toThrow(
        'Set SHIPLINE_SOURCE to github:owner/name',
      );
    },
  );

  it('says how to supply its id', () => {
    expect(() => toolsFrom({ SHIPLINE_TOOLS_ACCOUNT: 'tools' })).toThrow('Set SHIPLINE_TOOLS_ACCOUNT');
  });
});
