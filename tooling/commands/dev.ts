import { runCommand } from '../src/cli.js';
import { localDevTools } from '../src/dev/dev-tools.js';
import { develop } from '../src/dev/develop.js';
import { interruption } from '../src/interruption.js';

await runCommand({
  name: 'pnpm dev',
  summary: 'runs the whole shop on this machine and keeps it up to date with your files',
  help: `
Usage: pnpm dev [--no-watch]

Starts the local cloud, builds, deploys every stack to it through CloudFormation, seeds it and prints the shop's
address. A saved source file is live within seconds. Ctrl-C stops everything; the state stays in .shipline/cloud
(pnpm cloud reset forgets it).

Options:
  --no-watch  do not redeploy when files change
  --help      this text

Environment:
  SHIPLINE_CLOUD_PORT  first of three ports: AWS, the shop, the payment sandbox (default 4566)`,
  options: { 'no-watch': { type: 'boolean', default: false } },
  async run({ 'no-watch': noWatch }) {
    const stopped = interruption();
    await develop(await localDevTools(), { watch: noWatch !== true, stopped });
    // What a deployment that was cut short has left open must not hold the terminal.
    process.exit(0);
  },
});
