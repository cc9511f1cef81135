/** Markup of ours: whatever was put into it has been escaped. */
export class Html {
  constructor(readonly text: string) {}
}

type Value = string | Html | readonly Html[];

/**
 * Builds markup; every value but markup itself is escaped, so that forgetting it is not possible.
 *
 * @example html`<p>${name}</p>` // <p>Tom &amp; Jerry</p>
 */
export const html = (markup: TemplateStringsArray, ...values: readonly Value[]): Html =>
  new Html(String.raw({ raw: markup }, ...values.map(textOf)));

function textOf(value: Value): string {
  if (value instanceof Html) return value.text;
  if (typeof value !== 'string') return value.map(({ text }) => text).join('');
  return visible(value).replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * One line without control characters and without the marks that turn the direction of text: a name can neither
 * begin a line of its own nor make an amount read backwards.
 */
export const visible = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim();
