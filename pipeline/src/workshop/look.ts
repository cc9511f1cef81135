import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { OrderId, OrderStatus } from '@shipline/contracts';
import { physicalName, stackName } from '@shipline/infra';
import { describeStack } from '@shipline/tooling/deploy/describe-stack';
import type { Outputs } from '@shipline/tooling/deploy/outputs';
import { digestTag } from '@shipline/tooling/deploy/payment-sandbox';
import { environmentNamed } from '@shipline/tooling/deploy/target';
import { deploymentsOf } from '@shipline/tooling/releases/deployment-infos';
import { tableOf, tables } from '../shop/records.js';
import { missingOfFollowing } from './follow-an-order.js';
import type { LessonNumber, Missing } from './lessons.js';
import { germanCard, missingOfSam } from './sam-by-hand.js';
import { missingOfCanary, type Shift } from './ship-with-a-canary.js';

/** Looks at what is deployed for what a lesson ought to have left there. */
export const looks: Readonly<Record<LessonNumber, (outputs: Outputs) => Promise<Missing>>> = {
  1: async (outputs) => {
    const [orders, mails] = await Promise.all([ordersOf(outputs), mailsOf(outputs)]);
    return missingOfFollowing({ orders, mails });
  },
  2: async (outputs) => {
    const [knowsCard, isDeployedByHand, orders] = await Promise.all([
      takesGermanCard(outputs),
      isSandboxDeployedByHand(outputs),
      ordersOf(outputs),
    ]);
    const isPaidWith = orders.some(
      ({ status, paymentMethodId }) => status === 'confirmed' && paymentMethodId === germanCard.ready,
    );
    return missingOfSam({ knowsCard, isDeployedByHand, isPaidWith });
  },
  3: async (outputs) => missingOfCanary(await shiftsOf(outputs)),
};

async function ordersOf(outputs: Outputs) {
  const orders: { orderId: OrderId; status: OrderStatus; paymentMethodId: string }[] = [];
  const pages = paginateScan(
    { client: tables },
    { TableName: tableOf(outputs, 'orders'), FilterExpression: 'attribute_exists(paymentMethodId)' },
  );
  for await (const { Items = [] } of pages)
    for (const { orderId, status, paymentMethodId } of Items)
      orders.push({
        orderId: OrderId.parse(orderId),
        status: OrderStatus.parse(status),
        paymentMethodId: String(paymentMethodId),
      });
  return orders;
}

/** The local cloud's inbox. */
async function mailsOf({ account }: Outputs): Promise<string[]> {
  const response = await fetch(
    `${process.env['AWS_ENDPOINT_URL']}/_ministack/ses/messages?account=${account}`,
  );
  const { messages } = (await response.json()) as { messages: Record<string, { BodyText: string }[]> };
  return (messages[account] ?? []).map(({ BodyText }) => BodyText);
}

/** Asks as the card form does: with the publishable key, of which the sandbox knows only how it begins. */
async function takesGermanCard({ gatewayUrl }: Outputs): Promise<boolean> {
  const body = new URLSearchParams({
    type: 'card',
    'card[number]': germanCard.number,
    'card[exp_month]': '12',
    'card[exp_year]': String(new Date().getFullYear() + 1),
    'card[cvc]': '123',
  });
  const headers = { authorization: 'Bearer pk_test_workshop' };
  const { ok } = await fetch(`${gatewayUrl}/v1/payment_methods`, { method: 'POST', headers, body });
  return ok;
}

async function isSandboxDeployedByHand({ environment }: Outputs): Promise<boolean> {
  const name = stackName(environmentNamed(environment), 'payment-sandbox');
  const stack = await describeStack(new CloudFormationClient({}), name);
  return stack !== undefined && !stack.Tags?.some(({ Key }) => Key === digestTag);
}

async function shiftsOf({ environment }: Outputs): Promise<Shift[]> {
  const applicationName = physicalName(environmentNamed(environment), 'catalog');
  const found = await deploymentsOf(new CodeDeployClient({}), {
    applicationName,
    deploymentGroupName: 'api',
  });
  return found.map(({ status = '', errorInformation, creator }) => ({
    status,
    error: errorInformation?.code,
    isRollback: creator === 'codeDeployRollback',
  }));
}
