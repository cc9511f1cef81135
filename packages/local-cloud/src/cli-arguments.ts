import { parseArgs } from 'node:util';
import { parsePort } from './cloud-settings.js';
import { LocalCloudError } from './errors.js';

export const commands = ['start', 'stop', 'status', 'reset'] as const;
export type Command = (typeof commands)[number];

/** A command line that cannot be understood: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export type Invocation =
  | { readonly kind: 'help'; readonly text: string }
  | {
      readonly kind: 'run';
      readonly command: Command;
      readonly port: number | undefined;
      readonly stateDir: string | undefined;
      readonly json: boolean;
    };

const describe = {
  start: 'Start the local cloud in the background; does nothing when it runs already.',
  stop: 'Stop it and all its worker processes. Its state is saved for the next start.',
  status: 'Show URL, process, versions, workers, front doors and memory.',
  reset: 'Remove every resource, object and saved state, of all accounts.',
} as const satisfies Record<Command, string>;

const sharedOptions = `  --port <P>        base port (default: SHIPLINE_CLOUD_PORT, else 4566); takes P, P+1 and P+2
  --state-dir <D>   where state and log lie (default: .shipline/cloud)
  --help            show this text`;

const jsonOption = '  --json            print the status as JSON\n';

const overview = `pnpm cloud <command> [options]: the AWS on this machine

Commands:
${commands.map((command) => `  ${command.padEnd(8)}${describe[command]}`).join('\n')}

Options:
${sharedOptions}

\`pnpm cloud <command> --help\` shows one command.`;

function helpOf(command: Command): string {
  const json = command === 'status' ? jsonOption : '';
  return `pnpm cloud ${command} [options]: ${describe[command]}\n\nOptions:\n${json}${sharedOptions}`;
}

const isCommand = (word: string): word is Command => commands.some((command) => command === word);

function readOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        port: { type: 'string' },
        'state-dir': { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message.split('. ')[0] : String(cause);
    throw new UsageError(`${problem}: see \`pnpm cloud --help\`.`, { cause });
  }
}

function readPort(text: string | undefined): number | undefined {
  try {
    return text === undefined ? undefined : parsePort(text, '--port');
  } catch (cause) {
    throw cause instanceof LocalCloudError ? new UsageError(cause.message, { cause }) : cause;
  }
}

/** @throws {UsageError} one sentence for an unknown command, option or value. */
export function parseInvocation(args: readonly string[]): Invocation {
  const { values, positionals } = readOptions(args);
  const [command, extra] = positionals;
  if (command === undefined) {
    if (values.help) return { kind: 'help', text: overview };
    throw new UsageError(`Name a command (${commands.join(', ')}): see \`pnpm cloud --help\`.`);
  }
  if (!isCommand(command))
    throw new UsageError(`There is no command \`${command}\`: see \`pnpm cloud --help\`.`);
  if (extra !== undefined)
    throw new UsageError(`\`${extra}\` is one word too many: see \`pnpm cloud ${command} --help\`.`);
  if (values.help) return { kind: 'help', text: helpOf(command) };
  if (values.json && command !== 'status') throw new UsageError('--json belongs to `pnpm cloud status`.');
  return {
    kind: 'run',
    command,
    port: readPort(values.port),
    stateDir: values['state-dir'],
    json: values.json,
  };
}
