import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lastGoodRelease, rollbacks } from '@shipline/tooling/delivery/rollback-record';
import { keep, runs } from '@shipline/tooling/delivery/run-record';
import { workDirectory } from '@shipline/tooling/paths';
import { type RunOptions, run, toolEnvironment } from '@shipline/tooling/process';
import type { Delivery, Stage } from '../delivery/stage.js';
import { releaseIn } from '../deploy/release-digest.js';
import { GateShut } from '../gates/gate.js';
import type { GateName } from '../gates/gate-names.js';
import { approvalOf } from './approval.js';
import type { Vehicle } from './journey.js';

/** What one journey leaves on this machine. */
interface Luggage {
  readonly reportsFolder: string;
  readonly releaseFolder: string;
}

/** This machine as an engine: every gate is the command that the others call, in a checkout of the commit. */
export function localVehicle(input: {
  readonly checkout: string;
  readonly road: Delivery;
  /** Says yes to everything. */
  readonly yes: boolean;
  readonly stopped: AbortSignal;
  /** Where reports and the release go. */
  readonly folder?: string;
}): Vehicle {
  const { checkout, road, yes, stopped, folder = join(workDirectory, 'pipeline') } = input;
  const luggage = { reportsFolder: join(folder, 'reports'), releaseFolder: join(folder, 'release') };
  const { reportsFolder, releaseFolder } = luggage;
  // What an earlier run has left says nothing about this one.
  for (const old of [reportsFolder, releaseFolder]) rmSync(old, { recursive: true, force: true });
  return {
    now: () => new Date(),
    stopped,
    remember: keep,
    passGate: (stage, gate, say) => passGate({ checkout, stopped, ...luggage }, stage, gate, say),
    async askForApproval(stage, ask) {
      const next = road.stages[road.stages.indexOf(stage) + 1];
      const { question, handOn } = approvalOf(join(reportsFolder, stage.name));
      if (!yes && !(await ask(question))) throw new GateShut('It was not approved.');
      // What a person has seen is what the stage after may deploy: its gate `approved` compares.
      if (next) handOn(join(reportsFolder, next.name));
    },
    takeBack: (stage) => takeBack(checkout, stage),
    release: () => releaseIdIn(releaseFolder),
  };
}

/** The id of the release in a folder; undefined as long as nothing has been built. */
const releaseIdIn = (folder: string) =>
  existsSync(join(folder, 'manifest.json')) ? releaseIn(folder).release : undefined;

async function takeBack(checkout: string, stage: Stage): Promise<string> {
  const { name, environment } = stage;
  const release = lastGoodRelease({ runs: runs(), rollbacks: rollbacks() }, stage);
  if (!environment || !release) return `${name} had no good release before: it stays as it is`;
  const args = [join(checkout, 'pipeline/commands/rollback.ts'), environment, '--to', release];
  const { code, output } = await runInCheckout(checkout, args);
  if (code === 0) return `${environment} runs release ${release} again`;
  return `${environment} could not go back to release ${release}: ${sentenceOf(output)}`;
}

async function passGate(
  {
    checkout,
    stopped,
    reportsFolder,
    releaseFolder,
  }: Luggage & { readonly checkout: string; readonly stopped: AbortSignal },
  { name, environment }: Stage,
  gate: GateName,
  say: (line: string) => void,
): Promise<void> {
  const reports = join(reportsFolder, name);
  mkdirSync(reports, { recursive: true });
  const args = [
    join(checkout, 'pipeline/commands/gate.ts'),
    gate,
    ...(environment ? ['--env', environment] : []),
    ...['--release', releaseFolder, '--reports', reports],
  ];
  // CloudFormation goes on with what it was told: a deployment is let come to its end, so that it can go back as a whole.
  const ended = gate === 'deploy' ? {} : { stopped };
  const { code, output } = await runInCheckout(checkout, args, { onLine: say, ...ended });
  writeFileSync(join(reports, `${gate}.log`), output);
  if (code !== 0) throw new GateShut(sentenceOf(output));
}

/** What the gate said last about why it stays shut. */
const sentenceOf = (output: string) =>
  output
    .split('\n')
    .findLast((line) => line.includes('✗'))
    ?.trim() ?? output.trimEnd().split('\n').slice(-25).join('\n');

const runInCheckout = (
  checkout: string,
  args: readonly string[],
  options: Pick<RunOptions, 'onLine' | 'stopped'> = {},
) =>
  run(join(checkout, 'node_modules/.bin/tsx'), args, {
    cwd: checkout,
    env: toolEnvironment({ SHIPLINE_ACCOUNTS: 'local', SHIPLINE_WORK: workDirectory }),
    apart: true,
    ...options,
  });
