import { UserError } from '@shipline/tooling/cli';

/** Rejected at the first Ctrl-C, so that what was changed can be brought back; the second one ends at once. */
export function interruption(say: (line: string) => void): Promise<never> {
  return new Promise((_, reject) => {
    const first = () => {
      say('Interrupted: bringing back what was there. Once more ends at once and leaves it.');
      process.once('SIGINT', () => process.exit(130)).once('SIGTERM', () => process.exit(143));
      reject(new UserError('The drill was interrupted; what was there is back.'));
    };
    process.once('SIGINT', first).once('SIGTERM', first);
  });
}
