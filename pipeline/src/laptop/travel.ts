import { brokenOff, keep, type RunRecord, runs } from '@shipline/tooling/delivery/run-record';
import { delivery } from '../delivery.js';
import { checkOut, commitNamed } from './checkout.js';
import { Journey } from './journey.js';
import { localVehicle } from './local-vehicle.js';
import { roadView } from './view.js';

export interface TravelOptions {
  /** Approves what the road asks for. */
  readonly yes: boolean;
  readonly say: (line: string) => void;
  /** Ends it and takes back what it had deployed in its stage. */
  readonly stopped: AbortSignal;
}

/**
 * Takes a commit along the whole road, across the accounts of the local cloud. Nobody else may be on it.
 * @throws {UserError} where there is no such commit.
 */
export async function travel(
  revision: string,
  { yes, say, stopped }: TravelOptions,
  repository?: string,
): Promise<RunRecord> {
  const commit = await commitNamed(revision, repository);
  sayWhatWasBrokenOff(say);
  say(`Checking out ${commit.id.slice(0, 7)}`);
  const checkout = await checkOut(commit, repository);
  const journey = new Journey(delivery, commit, localVehicle({ checkout, yes, stopped, road: delivery }));
  const record = await arriveOrStop(journey);
  keep(record);
  return record;
}

async function arriveOrStop(journey: Journey): Promise<RunRecord> {
  try {
    await roadView(journey).run();
  } catch (error) {
    return journey.end(error);
  }
  return journey.arrived();
}

/** With the road to itself, this process knows that no other run is under way: what says so was killed. */
function sayWhatWasBrokenOff(say: (line: string) => void): void {
  for (const broken of runs().flatMap((record) => brokenOff(record) ?? [])) {
    keep(broken);
    const { commit, startedAt, verdict } = broken;
    const { stage = '', why = '' } = verdict.kind === 'stopped' ? verdict : {};
    say(
      `The run of ${commit.slice(0, 7)} that began at ${startedAt} was broken off in ${stage}: ${why} What it had deployed there was not taken back: this run deploys over it.`,
    );
  }
}

/** One sentence for the end: what is live where, or why it is not. */
export function verdictText({ verdict, commit, release, startedAt, endedAt }: RunRecord): string {
  const minutes = (Date.parse(endedAt) - Date.parse(startedAt)) / 60_000;
  const what = `${commit.slice(0, 7)}${release ? ` (release ${release})` : ''}`;
  if (verdict.kind === 'released') return `${what} is live in prod after ${minutes.toFixed(1)} min`;
  if (verdict.kind === 'running') return `${what} is at the gate ${verdict.gate} in ${verdict.stage}`;
  const back = verdict.takenBack ? `\n${verdict.takenBack}` : '';
  return `${what} was stopped in ${verdict.stage || 'the checkout'} after ${minutes.toFixed(1)} min: ${verdict.why}${back}`;
}
