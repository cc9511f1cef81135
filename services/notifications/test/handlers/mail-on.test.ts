import { orderConfirmed } from '@shipline/contracts/events';
import type { Measurement } from '@shipline/lambda-kit/measurement';
import { anEnvelope, lambdaContext, recordingLogger, sqsEvent } from '@shipline/testing';
import { describe, expect, it } from 'vitest';
import { receipt } from '../../src/domain/receipt.js';
import { mailOn } from '../../src/handlers/mail-on.js';
import { shopUrl } from '../builders.js';
import { setup as fakes } from '../setup.js';

function setup() {
  const shop = fakes();
  const logger = recordingLogger();
  const measured: Measurement[] = [];
  const measure = (one: Measurement) => void measured.push(one);
  const handler = mailOn(orderConfirmed, receipt, { ...shop, shopUrl, measure }, { logger });
  const deliver = (...messages: Parameters<typeof sqsEvent>) =>
    handler(sqsEvent(...messages), lambdaContext());
  return { ...shop, logger, measured, deliver };
}
const event = anEnvelope(orderConfirmed);
const another = anEnvelope(orderConfirmed, { id: 'shipline.orders/test#2' });
const nothingFailed = { batchItemFailures: [] };

describe('a consumer that sends mail', () => {
  it('writes to the customer whom the event is about', async () => {
    const { deliver, mailer } = setup();

    expect(await deliver(event)).toEqual(nothingFailed);
    expect(mailer.outbox).toMatchObject([
      { to: 'ada@example.com', subject: 'Your Shipline receipt: $28.00' },
    ]);
  });

  it('writes once for an event that is delivered twice, and once per event', async () => {
    const { deliver, mailer, measured } = setup();
    await deliver(event, another);

    expect(await deliver(event)).toEqual(nothingFailed);
    expect(mailer.outbox).toHaveLength(2);
    const sent = { name: 'MailsSent', value: 1, dimensions: { mail: 'order.confirmed.v1' } };
    expect(measured).toEqual([sent, sent]);
  });

  it('hands back only the message whose mail failed', async () => {
    const { deliver, mailer } = setup();
    const { send } = mailer;
    let calls = 0;
    mailer.send = async (to, mail) => {
      calls += 1;
      if (calls === 1) throw new Error('SES is throttling');
      return send.call(mailer, to, mail);
    };

    expect(await deliver(event, another)).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-1' }] });
    expect(mailer.outbox).toHaveLength(1);
  });

  it('fails as a function when every mail of a batch fails', async () => {
    const { deliver, mailer } = setup();
    mailer.send = () => Promise.reject(new Error('SES is down'));

    await expect(deliver(event)).rejects.toThrow('SES is down');
  });

  it('hands back what is not its event, and sends nothing', async () => {
    const { deliver, mailer } = setup();

    const { batchItemFailures } = await deliver('{', JSON.stringify({ detail: {} }), event);

    expect(batchItemFailures).toHaveLength(2);
    expect(mailer.outbox).toHaveLength(1);
  });

  it('is done with an account that is gone, and says so', async () => {
    const { deliver, accounts, logger, measured } = setup();
    accounts.clear();

    expect(await deliver(event)).toEqual(nothingFailed);
    expect(logger.lines).toContainEqual({ level: 'warn', message: 'mail', outcome: 'no-address' });
    expect(measured).toEqual([]);
  });

  it('logs neither addresses nor names', async () => {
    const { deliver, logger } = setup();

    await deliver(event);

    expect(JSON.stringify(logger.lines)).not.toMatch(/ada@example\.com|Canary mug/);
  });
});
