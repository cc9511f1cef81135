import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseForm } from '../../src/handlers/form.js';

const parsed = (text: string) => parseForm(new URLSearchParams(text));

describe('a form', () => {
  it('nests by brackets, and is a list where its names count', () => {
    expect(parsed('a=1&card[number]=2&card[cvc]=3&e[0]=x&e[1]=y&f[]=p&f[]=q&l[0][n]=1')).toEqual({
      a: '1',
      card: { number: '2', cvc: '3' },
      e: ['x', 'y'],
      f: ['p', 'q'],
      l: [{ n: '1' }],
    });
  });

  it.each([
    'a=1&a[b]=2',
    'a[b]=2&a=1',
    'a[b][c][d][e]=1',
    'a[b=1',
    '[a]=1',
    'a]=1',
    Array.from({ length: 401 }, (_, index) => `k${index}=1`).join('&'),
  ])('is refused: %s', (text) => {
    expect(() => parsed(text)).toThrow('could not be parsed');
  });

  it('takes any name for what it is', () => {
    const form = parsed('constructor[x]=1&__proto__[y]=2&toString=3');

    expect(Object.keys(form)).toEqual(['constructor', '__proto__', 'toString']);
    expect(({} as { y?: string }).y).toBeUndefined();
  });

  it('keeps every value under its name', () => {
    const values = fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), fc.string(), { maxKeys: 20 });
    fc.assert(
      fc.property(values, values, (flat, nested) => {
        const pairs = new URLSearchParams();
        for (const [name, value] of Object.entries(flat)) pairs.append(`f_${name}`, value);
        for (const [name, value] of Object.entries(nested)) pairs.append(`n[${name}]`, value);

        const form = parseForm(pairs);

        for (const [name, value] of Object.entries(flat)) expect(form[`f_${name}`]).toBe(value);
        expect({ ...(form['n'] as object) }).toEqual({ ...nested });
      }),
    );
  });
});
