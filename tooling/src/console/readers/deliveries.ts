import { fourNumbers } from '../../delivery/four-numbers.js';
import type { Deliveries, RollbackRecord } from '../../delivery/rollback-record.js';
import type { RunRecord } from '../../delivery/run-record.js';
import type { DeliveryPanel, DeliveryRow } from '../snapshot.js';

const DAYS = 30;
const SHOWN = 5;

/** @param alive Whether a process still runs: one that was killed could not write that its run is over. */
export function deliveryPanel(
  deliveries: Deliveries,
  now: Date,
  alive: (pid: number) => boolean,
): DeliveryPanel {
  const { runs, rollbacks } = deliveries;
  const byHand = rollbacks.filter((rollback) => !runs.some((run) => tookItselfBack(run, rollback)));
  const rows = [...runs.map((run) => runRow(run, alive)), ...byHand.map(rollbackRow)];
  return {
    days: DAYS,
    numbers: fourNumbers(deliveries, { days: DAYS, now }),
    rows: rows.toSorted((a, b) => b.startedAt - a.startedAt).slice(0, SHOWN),
  };
}

/** The rollback is part of the run, which tells of it itself. */
const tookItselfBack = ({ verdict, startedAt, endedAt }: RunRecord, rollback: RollbackRecord) =>
  verdict.kind === 'stopped' &&
  verdict.takenBack !== undefined &&
  verdict.stage === rollback.environment &&
  startedAt <= rollback.startedAt &&
  rollback.endedAt <= endedAt;

function runRow(
  { commit, release, startedAt, endedAt, verdict }: RunRecord,
  alive: (pid: number) => boolean,
): DeliveryRow {
  const what = { name: commit.slice(0, 7), ...(release && { release }), startedAt: Date.parse(startedAt) };
  const ended = { endedAt: Date.parse(endedAt) };
  if (verdict.kind === 'released') return { ...what, ...ended, state: 'released' };
  if (verdict.kind === 'stopped') {
    const [reason = ''] = verdict.why.split('\n');
    const detail = [verdict.stage, reason, verdict.takenBack].filter(Boolean).join(' · ');
    return { ...what, ...ended, state: 'stopped', detail };
  }
  const detail = `${verdict.stage} · ${verdict.gate}`;
  return alive(verdict.pid)
    ? { ...what, state: 'running', detail }
    : { ...what, ...ended, state: 'broken off', detail };
}

const rollbackRow = ({ environment, release, startedAt, endedAt, back }: RollbackRecord): DeliveryRow => ({
  name: environment,
  release,
  state: back ? 'rolled back' : 'not rolled back',
  startedAt: Date.parse(startedAt),
  endedAt: Date.parse(endedAt),
});
