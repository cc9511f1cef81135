import type { Page } from 'playwright-core';

/** Requests that the browser itself gives up when a page is left are not failures. */
const abandoned = 'net::ERR_ABORTED';

/** Collects whatever a browser complains of: errors on the console, exceptions, failed and refused requests. */
export function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? 'no reason';
    if (reason !== abandoned) complaints.push(`failed: ${request.method()} ${request.url()} (${reason})`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400)
      complaints.push(`${response.status()}: ${response.request().method()} ${response.url()}`);
  });
  return complaints;
}
