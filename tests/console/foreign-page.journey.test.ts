import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser } from '../journeys/browser.js';
import { shopUrl } from '../journeys/shop-url.js';

/** Creates a topic with nothing that a browser would ask the server's leave for. */
const createTopic = (name: string) => `Action=CreateTopic&Name=${name}`;

/** As a program on this machine asks: without an Origin. */
async function topics(endpoint: string): Promise<string> {
  const answer = await fetch(endpoint, { method: 'POST', body: new URLSearchParams('Action=ListTopics') });
  expect(answer.status).toBe(200);
  return answer.text();
}

async function localEndpoint(): Promise<string> {
  const { cognitoEndpoint } = (await (await fetch(`${shopUrl()}/config.json`)).json()) as {
    cognitoEndpoint?: string;
  };
  if (!cognitoEndpoint) throw new Error('This journey is about the local cloud: the shop must run on one.');
  return cognitoEndpoint;
}

/** Once the server has answered a request to `url`, whether or not the browser lets the page have the answer. */
function whenSettled(page: Page, url: string): Promise<unknown> {
  const isIt = (request: { url(): string }) => request.url().startsWith(url);
  return Promise.race([page.waitForEvent('requestfinished', isIt), page.waitForEvent('requestfailed', isIt)]);
}

/** In the page's own words. `page` stays where it is but for the form, which leaves it. */
const ways = {
  'a request that it may not read': (url: string, body: string) =>
    `fetch('${url}', { method: 'POST', mode: 'no-cors', body: new URLSearchParams('${body}') })`,
  'an image': (url: string, body: string) => `void Object.assign(new Image(), { src: '${url}/?${body}' })`,
  'a beacon': (url: string, body: string) =>
    `void navigator.sendBeacon('${url}', new URLSearchParams('${body}'))`,
  'a form': (url: string, body: string) => `{
    const form = Object.assign(document.createElement('form'), { method: 'POST', action: '${url}' });
    for (const [name, value] of new URLSearchParams('${body}'))
      form.append(Object.assign(document.createElement('input'), { name, value }));
    document.body.append(form);
    form.submit();
  }`,
} as const;

describe('a page that another program of this machine serves', () => {
  const server = createServer((_, response) =>
    response.setHeader('content-type', 'text/html').end('<p>Hi</p>'),
  );
  let endpoint: string;
  let foreign: string;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    endpoint = await localEndpoint();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    foreign = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await launchBrowser();
    context = await browser.newContext();
  });
  beforeEach(async () => {
    page = await context.newPage();
  });
  afterAll(async () => {
    await browser?.close();
    await new Promise((closed) => server.close(closed));
  });

  it.each(Object.entries(ways))('changes nothing in the local cloud by %s', async (way, script) => {
    const name = `foreign-${Object.keys(ways).indexOf(way as keyof typeof ways)}`;
    await page.goto(foreign);

    const settled = whenSettled(page, endpoint);
    await page.evaluate(script(endpoint, createTopic(name)));
    await settled;

    expect(await topics(endpoint)).not.toContain(name);
  });

  it('gets no leave to send a signed request, with which it could make and run a function', async () => {
    await page.goto(foreign);
    const signed = `{ headers: { authorization: 'AWS4-HMAC-SHA256 Credential=000000000000/x/us-east-1/lambda/aws4_request' } }`;

    const outcome = page.evaluate(`fetch('${endpoint}/2015-03-31/functions', ${signed})`);

    await expect(outcome).rejects.toThrow('Failed to fetch');
  });

  it('finds no control path behind the shop’s front door, and neither does the shop’s own page', async () => {
    const statusOf = `fetch('${shopUrl()}/_ministack/config', { method: 'POST', mode: 'no-cors', body: '{}' })`;
    for (const origin of [foreign, shopUrl()]) {
      await page.goto(origin);
      const answered = page.waitForResponse((response) => response.url().endsWith('/_ministack/config'));
      await page.evaluate(`${statusOf}.then(() => {})`);
      expect((await answered).status()).toBe(404);
    }
  });

  it('differs from the shop’s page, which may ask Cognito', async () => {
    await page.goto(shopUrl());
    const request = `{ method: 'POST', body: '{"ClientId":"none","Username":"a","Password":"b"}', headers: {
      'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AWSCognitoIdentityProviderService.SignUp' } }`;

    const answer = await page.evaluate(`fetch('${endpoint}', ${request}).then((answer) => answer.text())`);

    expect(answer).toContain('ResourceNotFoundException');
  });
});
