import { orderCancelRequested } from '@shipline/contracts/events';
import { consumerEntry } from '@shipline/lambda-kit/consumer-entry';
import { makeReleaseHeldStock } from '../application/release-stock.js';
import { openInventory } from '../composition.js';

const releaseHeldStock = makeReleaseHeldStock(openInventory());

export const handler = consumerEntry(orderCancelRequested, ({ data }) => releaseHeldStock(data));
