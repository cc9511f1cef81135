import type { Envelope } from '@shipline/contracts/events';
import type { SQSEvent, SQSRecord } from 'aws-lambda';

/** A batch of messages; a string is a body as it is, an envelope is wrapped as the bus delivers it. */
export const sqsEvent = (...messages: (string | Envelope<unknown>)[]): SQSEvent => ({
  Records: messages.map((message, index) => sqsRecord(message, `message-${index + 1}`)),
});

const sqsRecord = (message: string | Envelope<unknown>, messageId: string): SQSRecord => ({
  messageId,
  receiptHandle: `receipt-${messageId}`,
  body: typeof message === 'string' ? message : JSON.stringify(delivered(message)),
  attributes: {
    ApproximateReceiveCount: '1',
    SentTimestamp: '1767225600000',
    SenderId: 'events.amazonaws.com',
    ApproximateFirstReceiveTimestamp: '1767225600000',
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:us-east-1:100000000001:shipline-test-queue',
  awsRegion: 'us-east-1',
});

/** The EventBridge event around an envelope. */
const delivered = (envelope: Envelope<unknown>) => ({
  version: '0',
  id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
  'detail-type': envelope.type,
  source: envelope.source,
  account: '100000000001',
  time: envelope.time,
  region: 'us-east-1',
  resources: [],
  detail: envelope,
});
