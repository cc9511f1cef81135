import { inputsFrom } from '@shipline/infra';
import { runCommand, UserError } from '@shipline/tooling/cli';
import { keepRollback } from '@shipline/tooling/delivery/rollback-record';
import { environmentNamed } from '@shipline/tooling/deploy/target';
import { consoleProgress } from '@shipline/tooling/progress';
import { keptReleases } from '../src/deploy/kept-releases.js';
import { rollBack } from '../src/deploy/rollback.js';
import { gateRun } from '../src/gates/run.js';

const [environment, ...rest] = process.argv.slice(2);

await runCommand(
  {
    name: 'pnpm rollback',
    summary: 'brings an environment back to an older release, through the same gates as a new one',
    help: `
Usage: pnpm rollback <environment> --to <release> [--despite-contracts]
       pnpm rollback <environment> --list

Every release that was deployed is kept (.shipline/releases; in a pipeline SHIPLINE_RELEASES names a bucket). Its
signature and digests are checked, it must be able to read what the live release writes, its change sets are made and
must not touch state, then they are executed and the smoke tests run. Data stay as they are. On AWS a job of the
engine has the rights for that, and nobody else. docs/delivery.md tells how to start it (Rolling back).

Options:
  --to     the release: the first 12 hex digits of its digest, as \`pnpm gate deploy\` told it
  --list   the releases that are kept
  --despite-contracts
           go back although the release cannot read everything that the live one has written; what it cannot read fails
  --help   this text

Exit code: 0 when every gate opened, 1 when one stayed shut.`,
    options: {
      to: { type: 'string' },
      list: { type: 'boolean', default: false },
      'despite-contracts': { type: 'boolean', default: false },
    },
    async run({ to, list, 'despite-contracts': despite }) {
      const name = environmentNamed(environment);
      if (name === 'local')
        throw new UserError(
          'No release goes to `local`: check out the older commit, and `pnpm deploy:local`.',
        );
      const store = keptReleases();
      if (list) {
        console.log((await store.list()).join('\n') || 'No release is kept yet.');
        return 0;
      }
      if (typeof to !== 'string')
        throw new UserError('Say which release: `--to <release>`; `--list` shows them.');
      const progress = consoleProgress();
      const startedAt = new Date().toISOString();
      const back = await rollBack({
        environment: name,
        release: to,
        store,
        gateRun,
        progress,
        despiteContracts: despite === true,
      });
      // `pipeline run` takes nothing back to what was left here, and counts it as a failure (docs/delivery.md).
      if (inputsFrom(process.env).onLocalCloud)
        keepRollback({ environment: name, release: to, startedAt, endedAt: new Date().toISOString(), back });
      console.log(
        back ? `\n${name} is back at release ${to}` : `\n${name} was not brought back to release ${to}`,
      );
      return back ? 0 : 1;
    },
  },
  rest,
);
