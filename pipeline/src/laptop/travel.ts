import { UserError } from '@shipline/tooling/cli';
import { delivery } from '../delivery.js';
import { checkOut, commitNamed } from './checkout.js';
import { Journey } from './journey.js';
import { localVehicle } from './local-vehicle.js';
import { keep, type RunRecord } from './record.js';
import { roadView } from './view.js';

export interface TravelOptions {
  /** Approves what the road asks for. */
  readonly yes: boolean;
  readonly say: (line: string) => void;
}

/**
 * Takes a commit along the whole road, across the accounts of the local cloud.
 * @throws {UserError} where there is no such commit.
 */
export async function travel(
  revision: string,
  { yes, say }: TravelOptions,
  repository?: string,
): Promise<RunRecord> {
  const commit = await commitNamed(revision, repository);
  say(`Checking out ${commit.id.slice(0, 7)}`);
  const checkout = await checkOut(commit, repository);
  const journey = new Journey(delivery, commit, localVehicle({ checkout, yes, road: delivery }));
  const record = await arriveOrStop(journey);
  keep(record);
  return record;
}

async function arriveOrStop(journey: Journey): Promise<RunRecord> {
  try {
    await roadView(journey).run();
  } catch (error) {
    if (error instanceof UserError) throw error;
    return journey.stopped(error);
  }
  return journey.arrived();
}

/** One sentence for the end: what is live where, or why it is not. */
export function verdictText({ verdict, commit, release, startedAt, endedAt }: RunRecord): string {
  const minutes = (Date.parse(endedAt) - Date.parse(startedAt)) / 60_000;
  const what = `${commit.slice(0, 7)}${release ? ` (release ${release})` : ''}`;
  if (verdict.kind === 'released') return `${what} is live in prod after ${minutes.toFixed(1)} min`;
  const back = verdict.takenBack ? `\n${verdict.takenBack}` : '';
  return `${what} was stopped in ${verdict.stage || 'the checkout'} after ${minutes.toFixed(1)} min: ${verdict.why}${back}`;
}
