import { outputs } from './environment.js';

export interface Mail {
  readonly subject: string;
  readonly text: string;
}

interface Message {
  readonly To: readonly string[];
  readonly Subject: string;
  readonly BodyText: string;
}

/** Mails that SES took for an address, oldest first. Only the local cloud has an inbox to read. */
export async function mailsTo(address: string): Promise<Mail[]> {
  if (outputs.environment !== 'local') throw new Error('Mails can be read on the local cloud only.');
  const response = await fetch(
    `${process.env['AWS_ENDPOINT_URL']}/_ministack/ses/messages?account=${outputs.account}`,
  );
  const { messages } = (await response.json()) as { messages: Record<string, Message[]> };
  return (messages[outputs.account] ?? [])
    .filter(({ To }) => To.includes(address))
    .map(({ Subject, BodyText }) => ({ subject: Subject, text: BodyText }));
}
