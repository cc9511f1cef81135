import { TaskInput } from '@shipline/contracts';
import { taskEntry } from '@shipline/lambda-kit/task-entry';
import { makeReleaseStock } from '../../application/release-stock.js';
import { openInventory } from '../../composition.js';

export const handler = taskEntry(TaskInput, makeReleaseStock(openInventory()));
