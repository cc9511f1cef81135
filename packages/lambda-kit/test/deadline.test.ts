import { Router } from '@aws-lambda-powertools/event-handler/http';
import { anEnvelope, lambdaContext, recordingLogger, sqsEvent } from '@shipline/testing';
import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import { consumerEntry } from '../src/consumer-entry.js';
import { timeForCalls } from '../src/deadline.js';
import { apiEvent } from '../src/http/api-event.js';
import { httpEntry } from '../src/http-entry.js';
import { taskEntry } from '../src/task-entry.js';
import { parcelSent } from './builders.js';

const options = { logger: recordingLogger() };
const context = lambdaContext({ getRemainingTimeInMillis: () => 7_500 });
const inTime = { left: 7_000 };

it('is the end of the invocation, less what the end itself takes', async () => {
  const task = taskEntry(z.object({}), async () => ({ left: timeForCalls() }), options);

  expect(await task({}, context)).toEqual(inTime);
});

it('holds for each message of a batch', async () => {
  const seen: unknown[] = [];
  const consumer = consumerEntry(parcelSent, async () => seen.push({ left: timeForCalls() }), options);
  await consumer(sqsEvent(anEnvelope(parcelSent, { data: { parcelId: 'p1' } })), context);

  expect(seen).toEqual([inTime]);
});

it('holds for a request', async () => {
  const api = new Router();
  api.get('/', () => ({ left: timeForCalls() }));
  const { body } = await httpEntry(api, options)(apiEvent(), context);

  expect(JSON.parse(body)).toEqual(inTime);
});

it('is never outside of an invocation', () => {
  expect(timeForCalls()).toBe(Number.POSITIVE_INFINITY);
});
