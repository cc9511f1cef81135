import { randomUUID } from 'node:crypto';
import { CreateEmailIdentityCommand, DeleteEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SesMailer } from '../../src/adapters/ses-mailer.js';
import { receipt } from '../../src/domain/receipt.js';
import { MailNotTaken } from '../../src/ports/mailer.js';
import { aLine, confirmed, shopUrl } from '../builders.js';

const client = new SESv2Client({});
const domain = `${randomUUID()}.example`;
beforeAll(() => client.send(new CreateEmailIdentityCommand({ EmailIdentity: domain })));
afterAll(() => client.send(new DeleteEmailIdentityCommand({ EmailIdentity: domain })));

/** The local cloud's inbox: every mail that SES took, by account. */
async function inbox(): Promise<readonly Record<string, unknown>[]> {
  const response = await fetch(`${process.env['AWS_ENDPOINT_URL']}/_ministack/ses/messages`);
  const found: unknown[] = [];
  JSON.stringify(await response.json(), (_key, value) => {
    if (typeof value === 'object' && value !== null && 'BodyHtml' in value) found.push(value);
    return value;
  });
  return found as readonly Record<string, unknown>[];
}

it('sends a receipt that arrives as it was written', async () => {
  const to = `${randomUUID()}@example.com`;
  const mail = receipt({ ...confirmed, lines: [aLine('Käse & <b>Brot</b>')] }, shopUrl);

  await new SesMailer(client, `receipts@${domain}`).send(to, mail);

  const arrived = (await inbox()).filter(({ To }) => JSON.stringify(To).includes(to));
  expect(arrived).toMatchObject([
    {
      Source: `Shipline <receipts@${domain}>`,
      Subject: mail.subject,
      BodyText: mail.text,
      BodyHtml: mail.html,
    },
  ]);
});

it('sends nothing from an address that is not verified, and fails by the name that SES has for that', async () => {
  const to = `${randomUUID()}@example.com`;
  const mailer = new SesMailer(client, `receipts@${randomUUID()}.example`);

  await expect(mailer.send(to, receipt(confirmed, shopUrl))).rejects.toEqual(
    new MailNotTaken('MessageRejected'),
  );

  expect(JSON.stringify(await inbox())).not.toContain(to);
});
