import { VoidPaymentInput } from '@shipline/contracts';
import { taskEntry } from '@shipline/lambda-kit/task-entry';
import { makeVoidPayment } from '../../application/void-payment.js';
import { openPayments } from '../../composition.js';
import { gatewayConfig } from '../../config.js';

export const handler = taskEntry(VoidPaymentInput, makeVoidPayment(openPayments(gatewayConfig())));
