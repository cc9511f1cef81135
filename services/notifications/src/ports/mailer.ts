import type { Mail } from '../domain/mail.js';

/** The mail service said no, or nothing. Neither this nor what it is logged with names the customer. */
export class MailNotTaken extends Error {
  override readonly name = 'MailNotTaken';

  constructor(
    /** The mail service's name of the error, for example `MessageRejected`. */
    readonly code: string,
    /** By which the mail service finds the call. */
    readonly requestId?: string,
  ) {
    super(`The mail was not taken: ${code}`);
  }
}

export interface Mailer {
  /** @throws {MailNotTaken} where it is not certain that the mail was taken. It may have been taken nevertheless. */
  send(to: string, mail: Mail): Promise<void>;
}
