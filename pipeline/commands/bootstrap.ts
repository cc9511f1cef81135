import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { confirm } from '@inquirer/prompts';
import { runCommand, UserError } from '@shipline/tooling/cli';
import { cdkOut } from '@shipline/tooling/paths';
import { App } from 'aws-cdk-lib';
import { cloudFormationOf } from '../src/accounts/account-clients.js';
import { bootstrap } from '../src/accounts/bootstrap.js';
import { bootstrapStackName } from '../src/accounts/names.js';
import { placeholderVariables } from '../src/accounts/placeholders.js';
import { accountStack, bootstrapTargets } from '../src/accounts/synthesize.js';

await runCommand({
  name: 'pnpm bootstrap',
  summary: 'prepares an account: artifacts, roles, boundary, trust, record and alarms',
  help: `
Usage: pnpm bootstrap <account> [--print]

<account> is tools, dev, staging or prod; once for each, tools first, and again when a template of the shop has a new
type of resource. It shows every resource and permission that changes, and asks. With SHIPLINE_ACCOUNTS=local it goes to
the account of the local cloud, without asking. docs/delivery.md (Accounts and roles) tells what each role may.

  SHIPLINE_ENGINE       whose jobs may take the roles: codepipeline (default), github:owner/name, gitlab:group/name
  SHIPLINE_GITHUB_IDS   <owner's id>/<repository's id>: GitHub's immutable subjects

Options:
  --print         shows the template instead; needs no credentials
  --yes           changes what it shows without asking
  --placeholders  of --print: with accounts that nobody has, to check the template
  --help          this text`,
  options: {
    yes: { type: 'boolean', default: false },
    print: { type: 'boolean', default: false },
    placeholders: { type: 'boolean', default: false },
  },
  takesWords: true,
  async run({ yes, print, placeholders }, [word]) {
    const target = bootstrapTargets.find((known) => known === word);
    if (!target) throw new UserError(`Say which account: ${bootstrapTargets.join(', ')}.`);
    const outdir = cdkOut(`bootstrap-${target}`);
    const variables = placeholders ? placeholderVariables : process.env;
    App.of(accountStack(target, variables, outdir))?.synth();
    const stackName = bootstrapStackName(target);
    const template = readFileSync(join(outdir, `${stackName}.template.json`), 'utf8');
    if (print || placeholders) {
      console.log(template);
      return 0;
    }
    const { client, local } = await cloudFormationOf(target);
    const done = await bootstrap({
      client,
      stackName,
      template,
      local,
      say: console.log,
      agreed: async () =>
        yes === true || local || (await confirm({ message: `Do this in the account of ${target}?` })),
    });
    return done ? 0 : 1;
  },
});
