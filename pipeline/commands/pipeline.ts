import { runCommand, UserError } from '@shipline/tooling/cli';
import { deployPipeline } from './pipeline/deploy.js';
import { metrics } from './pipeline/metrics.js';
import { render } from './pipeline/render.js';
import { run } from './pipeline/run.js';
import { watch } from './pipeline/watch.js';
import { window } from './pipeline/window.js';

/** Each takes the words after its name and says by its exit code how it went. */
const commands = { run, watch, metrics, render, window, deploy: deployPipeline } as const;

await runCommand({
  name: 'pnpm run pipeline',
  summary: 'renders the road to prod for the engines that run it',
  help: `
Usage: pnpm run pipeline <command>

run [<commit>]    takes a commit (HEAD) along the whole road on this machine, across accounts of the local cloud
watch             makes a bare repository on this machine: \`git push local main\` releases
metrics           prints lead time, deployment frequency, change failure rate and time to restore of this machine's runs
render            writes what GitHub Actions, GitLab CI and CodeBuild read, from pipeline/src/delivery.ts
render --check    fails when one of these files is not what the definition says
deploy            deploys AWS CodePipeline's stack to the tools account; with --print, shows its template instead
window <stage>    fails outside the hours in which a stage may begin: for engines that know no windows

Options:
  --yes           of run and watch: approves what the road asks a person for
  --check         of render
  --print         of deploy
  --placeholders  of deploy --print: with accounts that nobody has, to check the template
  --help          this text

docs/delivery.md walks from empty accounts to a running pipeline, for each engine.`,
  options: {
    check: { type: 'boolean', default: false },
    yes: { type: 'boolean', default: false },
    print: { type: 'boolean', default: false },
    placeholders: { type: 'boolean', default: false },
  },
  takesWords: true,
  async run(values, [word, ...words]) {
    const command = Object.entries(commands).find(([name]) => name === word)?.[1];
    if (command) return await command(words, values);
    throw new UserError('Say which command: `pnpm run pipeline --help` lists them.');
  },
});
