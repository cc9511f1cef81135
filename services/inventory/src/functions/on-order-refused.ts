import { orderRefused } from '@shipline/contracts/events';
import { consumerEntry } from '@shipline/lambda-kit/consumer-entry';
import { makeReleaseStock } from '../application/release-stock.js';
import { openInventory } from '../composition.js';

const releaseStock = makeReleaseStock(openInventory());

export const handler = consumerEntry(orderRefused, ({ data }) => releaseStock(data));
