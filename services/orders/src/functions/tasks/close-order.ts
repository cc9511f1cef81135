import { CloseOrderInput } from '@shipline/contracts';
import { taskEntry } from '@shipline/lambda-kit/task-entry';
import { makeCloseOrder } from '../../application/close-order.js';
import { openOrders } from '../../composition.js';
import { tableConfig } from '../../config.js';

export const handler = taskEntry(CloseOrderInput, makeCloseOrder(openOrders(tableConfig())));
