import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { html, visible } from '../../src/domain/html.js';

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};
const decoded = (text: string) =>
  text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? '');
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", '\n', '\u202e', 'a') }),
);

describe('markup', () => {
  it('escapes whatever is put into it, and loses nothing that can be seen', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { text: markup } = html`<p title="${text}">${text}</p>`;
        const [, attribute, content] = /^<p title="([^"<>']*)">([^"<>']*)<\/p>$/su.exec(markup) ?? [];

        expect(attribute).toBe(content);
        expect(decoded(content ?? 'not found')).toBe(visible(text));
      }),
    );
  });

  it('takes markup of its own as it is, one or many', () => {
    const item = (text: string) => html`<li>${text}</li>`;

    expect(html`<ul>${['a', '<b>'].map(item)}</ul>${html`<hr>`}`.text).toBe(
      '<ul><li>a</li><li>&lt;b&gt;</li></ul><hr>',
    );
  });
});

describe('text that came from outside', () => {
  it.each([
    ['a line break', 'Mug\r\nTotal: $0.00', 'Mug Total: $0.00'],
    ['a line separator', 'Mug\u2028Paid', 'Mug Paid'],
    ['control characters', 'Mug\u0000\u001b[31m', 'Mug [31m'],
    ['marks that reverse text', 'Mug \u202e00.1$\u2066', 'Mug 00.1$'],
    ['nothing of the sort', 'Ünïcode ☕ 你好', 'Ünïcode ☕ 你好'],
  ])('is one visible line with %s', (_, text, expected) => {
    expect(visible(text)).toBe(expected);
  });
});
