import { TaskInput } from '@shipline/contracts';
import { taskEntry } from '@shipline/lambda-kit/task-entry';
import { makeCommitStock } from '../../application/commit-stock.js';
import { openInventory } from '../../composition.js';

export const handler = taskEntry(TaskInput, makeCommitStock(openInventory()));
