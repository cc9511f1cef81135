import type { Drill, DrillName, DrillTarget, FaultName } from './drill.js';

const catalogApi = (fault: FaultName): DrillTarget => ({ service: 'catalog', functionName: 'api', fault });

/** The alarm on errors rings after one period, that on latency after two of three. */
const errorPeriods = 1;
const latencyPeriods = 2;

/** Every drill, side by side. */
export const drills: Readonly<Record<DrillName, Drill>> = {
  'bad-release': {
    name: 'bad-release',
    summary: 'A catalog that fails every request: the first to meet it ring the alarm, and it is taken back.',
    targets: [catalogApi('fails-every-request')],
    ending: 'taken-back',
    harm: 'fails',
    breachingPeriods: errorPeriods,
  },
  'flaky-release': {
    name: 'flaky-release',
    summary: 'A catalog that fails three requests in ten: the few who meet it are enough to take it back.',
    targets: [catalogApi('fails-three-in-ten')],
    ending: 'taken-back',
    harm: 'fails',
    breachingPeriods: errorPeriods,
  },
  'slow-release': {
    name: 'slow-release',
    summary: 'A catalog that answers right and late: the alarm on its slowest answers takes it back.',
    targets: [catalogApi('answers-slowly')],
    ending: 'taken-back',
    harm: 'waits',
    breachingPeriods: latencyPeriods,
  },
  'wrong-answer': {
    name: 'wrong-answer',
    summary: 'A catalog whose prices are no longer as in the contract: its release check refuses it.',
    targets: [catalogApi('breaks-the-contract')],
    ending: 'refused',
    harm: 'misled',
    breachingPeriods: errorPeriods,
  },
  'crash-on-start': {
    name: 'crash-on-start',
    summary: 'A catalog that does not start: its release check refuses it.',
    targets: [catalogApi('crashes-on-start')],
    ending: 'refused',
    harm: 'fails',
    breachingPeriods: errorPeriods,
  },
  control: {
    name: 'control',
    summary: 'The bad release without its alarms: the drill must find that nothing stopped it.',
    targets: [catalogApi('fails-every-request')],
    ending: 'taken-back',
    harm: 'fails',
    breachingPeriods: errorPeriods,
    withoutAlarms: true,
  },
};
