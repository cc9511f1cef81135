import { AuthoriseInput } from '@shipline/contracts';
import { taskEntry } from '@shipline/lambda-kit/task-entry';
import { makeAuthorise } from '../../application/authorise.js';
import { openPayments } from '../../composition.js';
import { gatewayConfig } from '../../config.js';

export const handler = taskEntry(AuthoriseInput, makeAuthorise(openPayments(gatewayConfig())));
