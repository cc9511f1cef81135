import {
  decided,
  delivered,
  END,
  type Execution,
  give,
  onwards,
  openedIn,
  type Rules,
  type World,
  withFact,
  withIntent,
} from './world.js';

/** Everything that can happen next. A side effect whose reply is lost is a step that moves no execution. */
export function next(world: World, rules: Rules): World[] {
  return [
    ...world.executions.flatMap((execution, index) => {
      if (execution.at === END) return [];
      const go = (after: World, to: Execution): World => ({
        ...after,
        executions: world.executions.with(index, to),
      });
      return [...restart(world, rules, go), ...taskSteps(world, execution, rules, go)];
    }),
    ...around(world, rules),
  ];
}

type Go = (after: World, to: Execution) => World;

/** The execution died; the sweeper starts another. */
const restart = (world: World, { machine }: Rules, go: Go): World[] =>
  world.crashesLeft > 0
    ? [go({ ...world, crashesLeft: world.crashesLeft - 1 }, { at: machine.StartAt, step: 0, intent: 0 })]
    : [];

function taskSteps(world: World, execution: Execution, rules: Rules, go: Go): World[] {
  const on = (outcome: Parameters<typeof onwards>[2]) => onwards(rules, execution, outcome);
  switch (execution.at) {
    case 'Authorise':
      return authorise(world, execution, rules, go);
    case 'CommitStock':
      if (world.reservation !== 'held' && world.reservation !== 'committed')
        return [go(world, on('refusal'))];
      return [go({ ...world, reservation: 'committed' }, on('success'))];
    case 'Capture':
    case 'FinishCapture':
      return capture(world, execution, rules, go);
    case 'VoidPayment':
      return voidPayment(world, execution, rules, go);
    case 'ReleaseStock':
      return [go({ ...world, reservation: give(world.reservation) }, on('success'))];
    case 'CloseOrder':
      return [go(decided(world, 'payment-voided', rules), on('success'))];
    default:
      throw new Error(`an execution without unknown outcomes came to ${execution.at}`);
  }
}

function authorise(world: World, execution: Execution, rules: Rules, go: Go): World[] {
  const at = (step: number, intent = execution.intent): Execution => ({ ...execution, step, intent });
  const success = onwards(rules, execution, 'success');
  const refusal = onwards(rules, execution, 'refusal');
  const unknown = onwards(rules, execution, 'unknown');
  const { ledger, intents } = world;
  const index = execution.intent;
  if (execution.step === 0) {
    if (ledger.includes('voided')) return [go(world, refusal)];
    const opened = openedIn(world);
    if (opened !== undefined) return [go(world, at(2, opened))];
    const made = rules.confirmsOnlyWhatIsStored ? 'created' : 'authorised';
    const created = ([0, 1] as const)
      .filter((other) => intents[other] === 'free' || intents[other] === made)
      .flatMap((other) => {
        const after = withIntent(world, other, made);
        return [go(after, at(1, other)), after];
      });
    return [...created, go(world, unknown)];
  }
  if (execution.step === 1) {
    if (ledger.length === 0) return [go(withFact(world, `opened:${index}`), at(2)), go(world, unknown)];
    return [go(world, rules.storesIfAbsent ? at(0) : at(2)), go(world, unknown)];
  }
  if (execution.step === 2) {
    const intent = intents[index];
    if (intent === 'created') {
      const [yes, no] = [withIntent(world, index, 'authorised'), withIntent(world, index, 'declined')];
      return [go(yes, at(3)), go(no, refusal), yes, go(yes, unknown), go(world, unknown)];
    }
    return [go(world, intent === 'authorised' || intent === 'succeeded' ? at(3) : refusal)];
  }
  if (ledger.includes('voided')) return [go(world, refusal)];
  const known = ledger.includes('authorised') || ledger.includes('captured');
  return [go(known ? world : withFact(world, 'authorised'), success)];
}

function capture(world: World, execution: Execution, rules: Rules, go: Go): World[] {
  const index = openedIn(world) ?? execution.intent;
  if (execution.step === 1) {
    const after = world.ledger.includes('captured') ? world : withFact(world, 'captured');
    return [go(after, onwards(rules, execution, 'success'))];
  }
  if (world.intents[index] === 'succeeded') return [go(world, { ...execution, step: 1 })];
  if (world.intents[index] !== 'authorised') return [go(world, onwards(rules, execution, 'refusal'))];
  const after = withIntent(world, index, 'succeeded');
  return [go(after, { ...execution, step: 1 }), after];
}

function voidPayment(world: World, execution: Execution, rules: Rules, go: Go): World[] {
  const success = onwards(rules, execution, 'success');
  const { ledger } = world;
  if (ledger.includes('voided')) return [go(world, success)];
  if (execution.step === 1) return [go(withFact(world, 'voided'), success)];
  if (ledger.includes('captured')) return [go(world, onwards(rules, execution, 'refusal'))];
  const index = openedIn(world);
  if (index === undefined) return [go(rules.leavesTombstone ? withFact(world, 'voided') : world, success)];
  if (world.intents[index] === 'succeeded') return [go(world, onwards(rules, execution, 'refusal'))];
  const after = withIntent(world, index, 'canceled');
  return [go(after, { ...execution, step: 1 }), after];
}

/** The world around the executions: the customer, the clock, the webhook, and consumers of events. */
function around(world: World, rules: Rules): World[] {
  const { events, reservation } = world;
  const index = openedIn(world);
  const worlds: World[] = [];
  if (index !== undefined && world.intents[index] === 'succeeded' && !world.ledger.includes('captured'))
    worlds.push(withFact(world, 'captured'));
  if (reservation === 'held') worlds.push({ ...world, reservation: 'expired' });
  if (world.cancelsLeft > 0) {
    const asked = { ...world, cancelsLeft: 0 };
    worlds.push(asked, decided(asked, 'cancel-requested', rules));
  }
  for (const event of events) {
    const after = consumed(world, event, rules);
    // Delivered once, or acknowledged too late and delivered again.
    worlds.push({ ...after, events: delivered(after.events, event) }, after);
  }
  return worlds;
}

function consumed(world: World, event: World['events'][number], rules: Rules): World {
  switch (event) {
    case 'captured':
      return decided(world, 'payment-captured', rules);
    case 'voided':
      return decided(world, 'payment-voided', rules);
    case 'cancel-requested':
      return world.reservation === 'held' ? { ...world, reservation: 'released' } : world;
    case 'cancelling':
      return decided({ ...world, refunded: true }, 'payment-refunded', rules);
    case 'closed':
      return { ...world, reservation: give(world.reservation) };
  }
}
