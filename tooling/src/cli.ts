import { type ParseArgsConfig, parseArgs } from 'node:util';

/** A failure that the person at the terminal can mend: one sentence with the way out, printed without a stack. */
export class UserError extends Error {
  override readonly name = 'UserError';
  /** What the command ends with. */
  readonly exitCode: number = 1;
}

/** The exit code that shells give Ctrl-C. */
export const INTERRUPTED = 130;

export class Interrupted extends UserError {
  override readonly exitCode = INTERRUPTED;
}

type Options = NonNullable<ParseArgsConfig['options']>;
export type Values = Record<string, string | boolean | (string | boolean)[] | undefined>;

export interface Command {
  /** As it is typed, for example `pnpm seed`. */
  readonly name: string;
  /** What it does, in the first line of the help. */
  readonly summary: string;
  /** Everything below the summary: usage, options, examples. */
  readonly help: string;
  readonly options: Options;
  /** It takes words without an option, such as an order's id; without this they are refused. */
  readonly takesWords?: true;
  /** @returns the exit code. */
  readonly run: (values: Values, words: readonly string[]) => Promise<number>;
}

/** Runs a command of the terminal: `--help`, unknown options and stray words (exit 2), failures (exit 1, one sentence). */
export async function runCommand(command: Command, argv = process.argv.slice(2)): Promise<void> {
  // `pnpm x -- --flag` hands the separator on.
  const args = argv[0] === '--' ? argv.slice(1) : argv;
  if (args.includes('--help') || args.includes('-h')) {
    console.log(`${command.name}: ${command.summary}\n\n${command.help.trim()}`);
    return;
  }
  let parsed: { values: Values; positionals: string[] };
  try {
    // A word that belongs to no option is refused: `pnpm seed dev` must not seed the laptop.
    const allowPositionals = command.takesWords ?? false;
    parsed = parseArgs({ args, options: command.options, allowPositionals });
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\nTry \`${command.name} --help\`.`);
    process.exitCode = 2;
    return;
  }
  const { values, positionals } = parsed;
  await endWith(() => command.run(values, positionals));
}

/** Ends this process with the exit code that the work returns, or with 1 and one sentence when it fails. */
export async function endWith(work: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await work();
  } catch (error) {
    process.exitCode = error instanceof UserError ? error.exitCode : 1;
    console.error(`\n${sentenceOf(error)}`);
  }
}

/** Errors that carry a sentence for people print it; anything else is our fault and prints its stack. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return sentences.has(error.name) ? error.message : (error.stack ?? error.message);
}

/** Errors of our packages whose message is written for the person at the terminal. */
const sentences = new Set([
  'UserError',
  'LocalCloudError',
  'EnvironmentError',
  'BundleError',
  'GateShut',
  'ReleaseNotKept',
]);
