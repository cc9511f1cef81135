import type { Drill, DrillName, DrillTarget, FaultName } from './drill.js';

const catalogApi = (fault: FaultName): DrillTarget => ({ service: 'catalog', functionName: 'api', fault });
const payments = (functionName: string, fault: FaultName): DrillTarget => ({
  service: 'payments',
  functionName,
  fault,
});

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
    orders: false,
  },
  'flaky-release': {
    name: 'flaky-release',
    summary: 'A catalog that fails three requests in ten: the few who meet it are enough to take it back.',
    targets: [catalogApi('fails-three-in-ten')],
    ending: 'taken-back',
    harm: 'fails',
    breachingPeriods: errorPeriods,
    orders: false,
  },
  'slow-release': {
    name: 'slow-release',
    summary: 'A catalog that answers right and late: the alarm on its slowest answers takes it back.',
    targets: [catalogApi('answers-slowly')],
    ending: 'taken-back',
    harm: 'waits',
    breachingPeriods: latencyPeriods,
    orders: false,
  },
  'wrong-answer': {
    name: 'wrong-answer',
    summary: 'A catalog whose prices are no longer as in the contract: its release check refuses it.',
    targets: [catalogApi('breaks-the-contract')],
    ending: 'refused',
    harm: 'misled',
    breachingPeriods: errorPeriods,
    orders: false,
  },
  'crash-on-start': {
    name: 'crash-on-start',
    summary: 'A catalog that does not start: its release check refuses it.',
    targets: [catalogApi('crashes-on-start')],
    ending: 'refused',
    harm: 'fails',
    breachingPeriods: errorPeriods,
    orders: false,
  },
  'bad-saga-task': {
    name: 'bad-saga-task',
    summary:
      'Payment tasks that do their work and then fail, with orders in flight: taken back, and nobody pays twice.',
    // Two of them, as few of the orders of a laptop meet a tenth of one.
    targets: [payments('authorise', 'fails-after-its-work'), payments('capture', 'fails-after-its-work')],
    ending: 'taken-back',
    harm: 'fails',
    breachingPeriods: errorPeriods,
    orders: true,
    canaryMinutes: 30,
  },
  'good-release': {
    name: 'good-release',
    summary: 'A new catalog and a new capture, both sound, with orders in flight: nobody notices.',
    targets: [catalogApi('none'), payments('capture', 'none')],
    ending: 'goes-live',
    harm: 'fails',
    breachingPeriods: errorPeriods,
    orders: true,
  },
  control: {
    name: 'control',
    summary: 'The bad release without its alarms: the drill must find that nothing stopped it.',
    targets: [catalogApi('fails-every-request')],
    ending: 'taken-back',
    harm: 'fails',
    breachingPeriods: errorPeriods,
    orders: false,
    withoutAlarms: true,
  },
};
