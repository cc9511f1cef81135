import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';
import { root } from '../src/paths.js';

const eslint = new ESLint({
  cwd: root,
  overrideConfigFile: `${root}/tooling/lint/security.eslint.config.mjs`,
});

async function rulesBroken(filePath: string, code: string) {
  const [result] = await eslint.lintText(code, { filePath: `${root}/${filePath}` });
  return result?.messages.map(({ ruleId, message }) => ruleId ?? message);
}

describe('the security rules', () => {
  it.each([
    [
      'eval of what somebody sent',
      'export const run = (text: string): unknown => eval(text);',
      'eval-with-expression',
    ],
    ['an expression that takes for ever', 'export const bad = /^(a+)+$/;', 'unsafe-regex'],
    ['letters that read backwards', 'export const name = "a\u202e";', 'bidi-characters'],
    [
      'randomness that can be foretold',
      'import c from "crypto"; c.pseudoRandomBytes(1);',
      'pseudoRandomBytes',
    ],
  ])('find %s', async (_, code, rule) => {
    expect(await rulesBroken('services/cart/src/planted.ts', code)).toEqual([`security/detect-${rule}`]);
  });

  it('let a service’s code start no program, and a tool’s', async () => {
    const code = 'import { exec } from "node:child_process"; export const run = (it: string) => exec(it);';

    expect(await rulesBroken('services/cart/src/planted.ts', code)).toEqual([
      'security/detect-child-process',
    ]);
    expect(await rulesBroken('tooling/src/planted.ts', code)).toEqual([]);
  });

  it('find an exception in vain', async () => {
    const code = '// eslint-disable-next-line security/detect-unsafe-regex -- none\nexport const good = /a/;';

    expect(await rulesBroken('services/cart/src/planted.ts', code)).toEqual([
      expect.stringContaining('Unused eslint-disable directive'),
    ]);
  });
});
