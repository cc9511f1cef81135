import { outputs } from './environment.js';

export interface Mail {
  readonly subject: string;
  readonly text: string;
}

/** Mails that SES took for an address. Only the local cloud has an inbox to read. */
export async function mailsTo(address: string): Promise<Mail[]> {
  if (outputs.environment !== 'local') throw new Error('Mails can be read on the local cloud only.');
  const response = await fetch(`${process.env['AWS_ENDPOINT_URL']}/_ministack/ses/messages`, {
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${outputs.account}/20261123/us-east-1/ses/aws4_request`,
    },
  });
  const { messages } = (await response.json()) as { messages: Record<string, unknown>[] };
  return messages
    .filter((message) => JSON.stringify(message).includes(address))
    .map((message) => ({ subject: String(message['Subject'] ?? ''), text: JSON.stringify(message) }));
}
