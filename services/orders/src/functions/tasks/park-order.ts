import { CloseOrderInput } from '@shipline/contracts';
import { taskEntry } from '@shipline/lambda-kit/task-entry';
import { makeParkOrder } from '../../application/park-order.js';
import { openOrders } from '../../composition.js';
import { tableConfig } from '../../config.js';

export const handler = taskEntry(CloseOrderInput, makeParkOrder(openOrders(tableConfig())));
