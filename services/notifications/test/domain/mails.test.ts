import { ClosingReason } from '@shipline/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cancellationNotice } from '../../src/domain/cancellation-notice.js';
import { receipt } from '../../src/domain/receipt.js';
import { refusalNotice } from '../../src/domain/refusal-notice.js';
import { aLine, cancelled, confirmed, refused, shopUrl, usd } from '../builders.js';

const mails = [
  ['receipt', receipt(confirmed, shopUrl)],
  ['refusal notice', refusalNotice(refused, shopUrl)],
  ['cancellation notice', cancellationNotice(cancelled, shopUrl)],
] as const;
const tags = (markup: string) => markup.match(/<[^>]*>/g);

describe.each(mails)('every %s', (_, mail) => {
  it('says which order it is about, in text and in HTML', () => {
    for (const body of [mail.text, mail.html])
      for (const fact of ['2 × Canary mug', '$28.00', confirmed.orderId, 'November 23, 2026'])
        expect(body).toContain(fact);
  });

  it('links to the order’s page', () => {
    expect(mail.text).toContain(`: ${shopUrl}/orders/${confirmed.orderId}\n`);
    expect(mail.html).toContain(`href="${shopUrl}/orders/${confirmed.orderId}"`);
  });

  it('has a subject of one line and loads nothing from anywhere', () => {
    expect(mail.subject).toMatch(/^[ -~]{1,78}$/);
    expect(mail.html).not.toMatch(/<(?:img|link|script|style|iframe)|url\(|\bon\w+=/i);
    expect(mail.html.match(/https?:[^"]*/g)).toEqual([`${shopUrl}/orders/${confirmed.orderId}`]);
  });
});

describe('a receipt', () => {
  it('shows prices, quantities and the total', () => {
    const lines = [
      aLine('Canary mug'),
      aLine('On-call backpack', { quantity: 1, unitPrice: usd(8900), lineTotal: usd(8900) }),
      aLine('Server', { quantity: 12, unitPrice: usd(123_456), lineTotal: usd(1_481_472) }),
    ];
    const { subject, text, html } = receipt({ ...confirmed, lines, total: usd(1_493_172) }, shopUrl);

    expect(subject).toBe('Your Shipline receipt: $14,931.72');
    expect(text).toContain(
      [
        '    $28.00  2 × Canary mug',
        '    $89.00  1 × On-call backpack',
        '$14,814.72  12 × Server',
        '$14,931.72  Paid',
      ].join('\n'),
    );
    expect(html).toContain('$1,234.56 each');
    expect(html).not.toContain('$89.00 each');
  });

  it('cannot be changed by a name: neither its tags nor its lines', () => {
    const names = fc.oneof(
      fc.constantFrom(
        '</td><script>alert(1)</script>',
        '"><img src=x onerror=alert(1)>',
        'Mug\n$0.00  Paid',
        "' --",
      ),
      fc.string({ unit: 'binary', minLength: 1 }),
    );
    const plain = receipt({ ...confirmed, lines: [aLine('Mug')] }, shopUrl);
    fc.assert(
      fc.property(names, (name) => {
        const mail = receipt({ ...confirmed, lines: [aLine(name)] }, shopUrl);

        expect(tags(mail.html)).toEqual(tags(plain.html));
        expect(mail.text.split('\n')).toHaveLength(plain.text.split('\n').length);
        expect(mail.subject).toBe(plain.subject);
      }),
    );
  });
});

describe('a notice', () => {
  it.each(ClosingReason.options)('has a sentence for %s and shows no code', (reason) => {
    for (const mail of [
      refusalNotice({ ...refused, reason }, shopUrl),
      cancellationNotice({ ...cancelled, reason }, shopUrl),
    ]) {
      expect(mail.text.split('\n')[2]).toMatch(/^[A-Z].{15,}\.$/);
      for (const body of [mail.text, mail.html]) expect(body).not.toContain(reason);
    }
  });

  it('says that nothing was charged for a refused order, and what happens to a reservation', () => {
    const { text } = refusalNotice(refused, shopUrl);

    expect(text).toContain('You have not been charged.');
    expect(text).toContain('$28.00  Not charged');
  });

  it('says that everything was refunded for a cancelled order', () => {
    expect(cancellationNotice(cancelled, shopUrl).text).toContain('refunded in full');
  });
});
