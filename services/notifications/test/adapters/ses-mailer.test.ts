import type { SESv2Client } from '@aws-sdk/client-sesv2';
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
