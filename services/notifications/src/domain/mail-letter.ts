import { formatMoney, type Money, type OrderId, type PricedLine } from '@shipline/contracts';
import { type Html, html, visible } from './html.js';
import type { Mail } from './mail.js';
import { page } from './mail-page.js';

export interface Letter {
  readonly subject: string;
  readonly heading: string;
  /** One sentence each. */
  readonly paragraphs: readonly string[];
  readonly order: {
    readonly orderId: OrderId;
    readonly lines: readonly PricedLine[];
    readonly total: Money;
    /** What the total is: paid, or not charged. */
    readonly totalLabel: string;
  };
  /** When it happened, ISO 8601. */
  readonly time: string;
  readonly link: { readonly label: string; readonly url: string };
}

/** A letter about one order, in plain text and in HTML. */
export const mailOf = (letter: Letter): Mail => ({
  subject: letter.subject,
  text: textOf(letter),
  html: htmlOf(letter).text,
});

function textOf({ heading, paragraphs, order, time, link }: Letter): string {
  const rows = [...order.lines.map(rowOf), [order.totalLabel, formatMoney(order.total)] as const];
  // Amounts first: they stand in a column however long a name is.
  const width = Math.max(...rows.map(([, amount]) => amount.length));
  return [
    heading,
    '',
    ...paragraphs,
    '',
    `Order ${order.orderId}`,
    dateOf(time),
    '',
    ...rows.map(([label, amount]) => `${amount.padStart(width)}  ${label}`),
    '',
    `${link.label}: ${link.url}`,
    '',
    'Shipline. Goods for people who ship.',
    '',
  ].join('\n');
}

function htmlOf({ subject, heading, paragraphs, order, time, link }: Letter): Html {
  return page({
    title: subject,
    preview: paragraphs[0] ?? heading,
    heading,
    content: html`${paragraphs.map((text) => html`<p style="margin:0 0 12px">${text}</p>`)}
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:20px 0;border-collapse:collapse">
${order.lines.map(lineRow)}
<tr><td style="padding:14px 0 0;border-top:2px solid #0e2636;font-weight:700">${order.totalLabel}</td>
<td align="right" style="padding:14px 0 0;border-top:2px solid #0e2636;font-weight:700;white-space:nowrap">${formatMoney(order.total)}</td></tr>
</table>
<p style="margin:0 0 20px"><a href="${link.url}" style="display:inline-block;padding:12px 20px;background:#114b54;color:#ffffff;border-radius:6px;font-weight:700;text-decoration:none">${link.label}</a></p>
<p style="margin:0;color:#43596a;font-size:13px">Order ${order.orderId}<br>${dateOf(time)}</p>`,
  });
}

const lineRow = (line: PricedLine): Html => {
  const [label, amount] = rowOf(line);
  const each =
    line.quantity > 1
      ? html`<br><span style="color:#43596a;font-size:13px">${formatMoney(line.unitPrice)} each</span>`
      : html``;
  return html`<tr><td style="padding:10px 16px 10px 0;border-top:1px solid #c6d5d4;overflow-wrap:anywhere">${label}${each}</td>
<td align="right" valign="top" style="padding:10px 0;border-top:1px solid #c6d5d4;white-space:nowrap">${amount}</td></tr>
`;
};

const rowOf = ({ name, quantity, lineTotal }: PricedLine): readonly [label: string, amount: string] => [
  `${quantity} × ${visible(name)}`,
  formatMoney(lineTotal),
];

const dateOf = (time: string): string =>
  new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(time));
