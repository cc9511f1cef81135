import { ReserveRequest } from '@shipline/contracts';
import { systemClock } from '@shipline/lambda-kit/clock';
import { taskEntry } from '@shipline/lambda-kit/task-entry';
import { makeReserveStock } from '../../application/reserve-stock.js';
import { openInventory } from '../../composition.js';

export const handler = taskEntry(ReserveRequest, makeReserveStock({ ...openInventory(), now: systemClock }));
