import { MAX_QUANTITY, type OrderLine, type QuoteReply, SHOP_CURRENCY, type Sku } from '@shipline/contracts';
import type { Product } from './product.js';

/** A quote that must not exist. Callers hold their quantities to the limit, and the seed its prices: a fault. */
export class UnquotableLines extends Error {
  override readonly name = 'UnquotableLines';
}

/**
 * The price of merged lines in integer minor units, or every SKU that is not sold.
 *
 * @throws {UnquotableLines} for more than MAX_QUANTITY of one SKU, or a price in another currency.
 */
export function quoteOf(lines: readonly OrderLine[], products: ReadonlyMap<Sku, Product>): QuoteReply {
  const unknownSkus = lines.map(({ sku }) => sku).filter((sku) => !products.has(sku));
  if (unknownSkus.length > 0) return { unknownSkus };
  const priced = lines.flatMap((line) => {
    const product = products.get(line.sku);
    return product ? [pricedLine(line, product)] : [];
  });
  const amount = priced.reduce((sum, { lineTotal }) => sum + lineTotal.amount, 0);
  return { quote: { lines: priced, total: { amount, currency: SHOP_CURRENCY } } };
}

function pricedLine({ sku, quantity }: OrderLine, { name, price }: Product) {
  if (quantity > MAX_QUANTITY) throw new UnquotableLines(`More than ${MAX_QUANTITY} of ${sku}`);
  if (price.currency !== SHOP_CURRENCY) throw new UnquotableLines(`${sku} is not in ${SHOP_CURRENCY}`);
  const lineTotal = { amount: price.amount * quantity, currency: price.currency };
  return { sku, name, unitPrice: price, quantity, lineTotal };
}
