import { describe, expect, it } from 'vitest';
import { cacheControlOf, contentTypeOf, digestOf } from '../../src/storefront/bundle.js';

const object = (key: string, text: string) => ({ key, body: Buffer.from(text) });

describe('a bundle', () => {
  it('is named by its content, whatever order its files come in', () => {
    const files = [object('index.html', 'page'), object('assets/a-1.js', 'code')];

    expect(digestOf(files)).toMatch(/^[0-9a-f]{12}$/);
    expect(digestOf(files.toReversed())).toBe(digestOf(files));
    expect(digestOf([object('index.html', 'other'), object('assets/a-1.js', 'code')])).not.toBe(
      digestOf(files),
    );
    expect(digestOf([object('index.html', 'code'), object('assets/a-1.js', 'page')])).not.toBe(
      digestOf(files),
    );
  });

  it('lets browsers keep for ever what has its hash in its name, pictures for an hour, and nothing else', () => {
    expect(['assets/b-2.js', 'products/mug.svg', 'index.html', 'config.json'].map(cacheControlOf)).toEqual([
      'public, max-age=31536000, immutable',
      'public, max-age=3600',
      'no-cache',
      'no-cache',
    ]);
  });

  it('has files of types that browsers know', () => {
    expect(['a.js', 'index.html', 'a.unheard-of'].map(contentTypeOf)).toEqual([
      'text/javascript; charset=utf-8',
      'text/html; charset=utf-8',
      'application/octet-stream',
    ]);
  });
});
