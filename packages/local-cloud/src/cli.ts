import { parseInvocation, UsageError } from './cli-arguments.js';
import { runCommand } from './cli-commands.js';
import { LocalCloudError } from './errors.js';

const usageExit = 2;

/** `pnpm cloud`. Exit code: 0, 1 for a failure, 2 for a command line that cannot be understood. */
async function main(args: readonly string[]): Promise<number> {
  try {
    const invocation = parseInvocation(args);
    if (invocation.kind === 'help') console.log(invocation.text);
    else await runCommand(invocation, { print: console.log, log: console.error });
    return 0;
  } catch (error) {
    if (!(error instanceof LocalCloudError || error instanceof UsageError)) throw error;
    console.error(error.message);
    return error instanceof UsageError ? usageExit : 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
