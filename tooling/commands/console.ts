import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { runCommand, UserError } from '../src/cli.js';
import { consoleClients } from '../src/console/clients.js';
import { openInBrowser } from '../src/console/open-in-browser.js';
import { pageFiles } from '../src/console/page-files.js';
import { Poller } from '../src/console/poller.js';
import { minuteOf } from '../src/console/readers/clock.js';
import { consoleReaders } from '../src/console/readers.js';
import { startConsole } from '../src/console/server.js';
import { readOutputs } from '../src/deploy/outputs.js';
import { deployedTargetOf, environmentNamed } from '../src/deploy/target.js';
import { collectOrderWay } from '../src/trace/collect.js';

const HOURS = 24;

await runCommand({
  name: 'pnpm console',
  summary: 'shows an environment live on a local page: releases, alarms, orders, queues',
  help: `
Usage: pnpm console [--env <environment>] [--port <n>] [--open]

A page on 127.0.0.1 that only looks: it changes nothing, and nothing is read while no page is open.
docs/console.md says what it shows, what it may read and what that costs on AWS.

Options:
  --env   local (default), dev, staging or prod
  --port  where it listens (default 4580; 0 takes any that is free)
  --open  open it in the browser
  --help  this text`,
  options: {
    env: { type: 'string', default: 'local' },
    port: { type: 'string', default: '4580' },
    open: { type: 'boolean', default: false },
  },
  async run({ env, port, open }) {
    const listenOn = portFrom(port);
    const target = await deployedTargetOf(environmentNamed(env), console.error);
    const outputs = await readOutputs(new CloudFormationClient({ maxAttempts: 3 }), target);
    const { environment, region } = outputs;
    const setting = { environment, region };
    const clients = consoleClients();
    const poller = new Poller(consoleReaders(clients, outputs, minuteOf(target)), Date.now);
    const trace = (orderId: string) =>
      collectOrderWay(clients, outputs, { orderId, hours: HOURS, now: new Date() });
    const { server, url } = await startConsole({ poller, page: await pageFiles(), setting, trace }, listenOn);
    console.log(`The console of ${environment}: ${url} (Ctrl-C ends it)`);
    if (open) openInBrowser(url);
    await new Promise<void>((stopped) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stopped);
    });
    poller.stop();
    server.close();
    server.closeAllConnections();
    return 0;
  },
});

function portFrom(text: unknown): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new UserError(`\`--port\` takes a number from 0 to 65535, not \`${text}\`.`);
}
