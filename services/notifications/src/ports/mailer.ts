import type { Mail } from '../domain/mail.js';

export interface Mailer {
  /** @throws where it is not certain that the mail was taken. It may have been taken nevertheless. */
  send(to: string, mail: Mail): Promise<void>;
}
