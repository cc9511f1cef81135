import { httpEntry } from '@shipline/lambda-kit';
import { makeGetAvailability } from '../application/get-availability.js';
import { openInventory } from '../composition.js';
import { inventoryApi } from '../handlers/inventory-api.js';

export const handler = httpEntry(inventoryApi({ getAvailability: makeGetAvailability(openInventory()) }));
