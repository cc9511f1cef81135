import { TaskInput } from '@shipline/contracts';
import { taskEntry } from '@shipline/lambda-kit/task-entry';
import { makeCapture } from '../../application/capture.js';
import { openPayments } from '../../composition.js';
import { gatewayConfig } from '../../config.js';

export const handler = taskEntry(TaskInput, makeCapture(openPayments(gatewayConfig())));
