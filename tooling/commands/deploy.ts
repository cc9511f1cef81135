import { runCommand } from '../src/cli.js';
import { deploy } from '../src/deploy/deploy.js';
import { endDeployment } from '../src/deploy/end-of-deployment.js';
import { ensureCloud } from '../src/deploy/local.js';
import { seedShop } from '../src/deploy/seed.js';
import { refuseUnsigned } from '../src/deploy/signed-only.js';
import { environmentNamed, targetOf } from '../src/deploy/target.js';
import { interruption } from '../src/interruption.js';
import { consoleProgress } from '../src/progress.js';
import { terminalOn } from '../src/terminal.js';

const [environment, ...rest] = process.argv.slice(2);

await runCommand(
  {
    name: `pnpm deploy:${environment ?? '<environment>'}`,
    summary: 'builds everything and deploys what has changed',
    help: `
Usage: pnpm deploy:local | deploy:dev | deploy:staging

local    the local cloud on this machine; it is started if need be and stays (pnpm cloud stop)
dev      the dev account of your AWS credentials; without any, the same as local
staging  needs credentials of its account
prod     is refused: it runs signed code only, and its releases come by the road (docs/delivery.md)

Accounts are named by SHIPLINE_<ENVIRONMENT>_ACCOUNT; everything else that differs between environments is in
infra/src/environments.ts. Stacks that are deployed as they are, with the present values of the parameters that they
read, are left alone.

Shows each function's new version as it takes over, and says in its last line what is live. A failure begins nothing
more; Ctrl-C leaves CloudFormation to end what it has begun. docs/releasing.md tells all of it.

Options:
  --help  this text`,
    options: {},
    async run() {
      const terminal = terminalOn(process.stdout);
      const progress = consoleProgress(terminal.line);
      const stopped = interruption();
      const name = environmentNamed(environment);
      refuseUnsigned(name);
      const target = await targetOf(name, progress.note, { fallback: true });
      if (target.local) await ensureCloud(target.local, progress);
      const deployed = await deploy(target, progress, { show: terminal.releases, stopped });
      return endDeployment(deployed, {
        say: console.log,
        seed: target.local && (() => seedShop(deployed.outputs, progress)),
        stopped,
      });
    },
  },
  rest,
);
