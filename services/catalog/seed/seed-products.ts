import { Product } from '@shipline/contracts';
import * as z from 'zod/mini';
import { toItem } from '../src/adapters/stored-product.js';
import products from './products.json' with { type: 'json' };

/** What a new shop sells. @throws when products.json does not fit the contract. */
export const seedProducts: readonly Product[] = z.parse(z.array(Product), products);

/** The seed as items of catalog's table, for whoever fills it: putting them again changes nothing. */
export const seedItems = (): Record<string, unknown>[] => seedProducts.map(toItem);
