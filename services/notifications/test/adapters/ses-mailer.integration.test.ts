import { randomUUID } from 'node:crypto';
import { CreateEmailIdentityCommand, DeleteEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SesMailer } from '../../src/adapters/ses-mailer.js';
import { receipt } from '../../src/domain/receipt.js';
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

it('fails for a sender that is not verified', async () => {
  await expect(
    new SesMailer(client, `receipts@${randomUUID()}.example`).send(
      'ada@example.com',
      receipt(confirmed, shopUrl),
    ),
  ).rejects.toThrow('not verified');
});
