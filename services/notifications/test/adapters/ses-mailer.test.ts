import { inspect } from 'node:util';
import { MessageRejected, type SESv2Client } from '@aws-sdk/client-sesv2';
import { expect, it } from 'vitest';
import { SesMailer } from '../../src/adapters/ses-mailer.js';
import { aMail } from '../builders.js';

it('sends text and HTML from the shop’s own address to one customer', async () => {
  const sent: unknown[] = [];
  const client = { send: async ({ input }: { input: unknown }) => sent.push(input) };

  await new SesMailer(client as unknown as SESv2Client, 'receipts@shipline.example').send(
    'ada@example.com',
    aMail,
  );

  const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });
  expect(sent).toEqual([
    {
      FromEmailAddress: 'Shipline <receipts@shipline.example>',
      Destination: { ToAddresses: ['ada@example.com'] },
      Content: {
        Simple: {
          Subject: utf8('Hello'),
          Body: { Text: utf8('Hello there'), Html: utf8('<p>Hello there</p>') },
        },
      },
    },
  ]);
});

it.each([
  [
    new MessageRejected({
      message: 'Email address is not verified: ada@example.com',
      $metadata: { requestId: 'ses-1' },
    }),
    { code: 'MessageRejected', requestId: 'ses-1' },
  ],
  [
    Object.assign(new Error('no answer for ada@example.com'), { name: 'TimeoutError' }),
    { code: 'TimeoutError' },
  ],
])('says why a mail was not taken, and not whose: %o', async (refusal, expected) => {
  const client = { send: () => Promise.reject(refusal) };
  const mailer = new SesMailer(client as unknown as SESv2Client, 'receipts@shipline.example');

  const error: unknown = await mailer.send('ada@example.com', aMail).catch((thrown: unknown) => thrown);

  expect(error).toMatchObject({ name: 'MailNotTaken', ...expected });
  expect(inspect(error, { depth: null, showHidden: true })).not.toContain('ada@');
});
