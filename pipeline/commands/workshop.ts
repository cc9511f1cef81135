import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { runCommand, UserError } from '@shipline/tooling/cli';
import { type Outputs, readOutputs } from '@shipline/tooling/deploy/outputs';
import { deployedTargetOf } from '@shipline/tooling/deploy/target';
import { cards } from '../src/shop/order-request.js';
import { buy } from '../src/workshop/buy.js';
import { type Lesson, lessons } from '../src/workshop/lessons.js';
import { looks } from '../src/workshop/look.js';

await runCommand({
  name: 'pnpm workshop',
  summary: 'goes with the lessons in docs/workshop: lists them, checks them, buys something',
  help: `
Usage: pnpm workshop list
       pnpm workshop check <lesson>
       pnpm workshop buy [--card <payment method>]

list   the lessons, and how long each takes
check  whether a lesson is done: what is not there yet, and how to get there
buy    orders one thing in the local shop as a new customer and waits for the end; stdout is the order's id alone

Options:
  --card  what the order is paid with, as Stripe calls its test cards (default ${cards.pays};
          ${cards.declined} is declined)
  --help  this text

Exit code of check: 0 when the lesson is done.`,
  options: { card: { type: 'string', default: cards.pays } },
  takesWords: true,
  async run({ card }, [action, word, ...more]) {
    if (more.length === 0) {
      if (action === 'list' && word === undefined) return list();
      if (action === 'check') return check(lessonNamed(word));
      if (action === 'buy' && word === undefined) return order(String(card));
    }
    throw new UserError(
      'Say `list`, `check <lesson>` or `buy`: `pnpm workshop --help` tells what each does.',
    );
  },
});

function list(): number {
  for (const { number, title, minutes, page } of lessons)
    console.log(`${number}  ${title} (${minutes} minutes): docs/workshop/${page}`);
  return 0;
}

async function check({ number, title }: (typeof lessons)[number]): Promise<number> {
  const missing = await looks[number](await deployed());
  for (const sentence of missing) console.log(`✗ ${sentence}`);
  if (missing.length === 0) console.log(`✓ Lesson ${number} is done: ${title}.`);
  return missing.length === 0 ? 0 : 1;
}

async function order(card: string): Promise<number> {
  const { orderId } = await buy(await deployed(), card, console.error);
  console.log(orderId);
  return 0;
}

async function deployed(): Promise<Outputs> {
  const target = await deployedTargetOf('local', console.error);
  return readOutputs(new CloudFormationClient({ maxAttempts: 4 }), target);
}

function lessonNamed(word: string | undefined): (typeof lessons)[number] {
  const found = lessons.find(({ number }: Lesson) => String(number) === word);
  if (found) return found;
  throw new UserError(`Name a lesson: ${lessons.map(({ number }) => number).join(', ')}.`);
}
