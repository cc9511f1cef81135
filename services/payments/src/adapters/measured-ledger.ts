import type { OrderId } from '@shipline/contracts';
import { saysSynthetic } from '@shipline/lambda-kit/correlation-id';
import type { Measure } from '@shipline/lambda-kit/measurement';
import type { Fact } from '../domain/fact.js';
import { measurementsOf } from '../domain/measurements.js';
import type { Ledger } from '../ports/ledger.js';

/**
 * Measures each fact that was appended, and nothing else: what the ledger knew already is no news. Payments of release
 * checks are told by their correlation id, which a customer could imitate: here that hides no money, only a decline.
 */
export class MeasuredLedger implements Ledger {
  constructor(
    private readonly ledger: Ledger,
    private readonly measure: Measure,
  ) {}

  read(orderId: OrderId): Promise<readonly Fact[]> {
    return this.ledger.read(orderId);
  }

  async append(orderId: OrderId, fact: Fact): Promise<'appended' | 'taken'> {
    const outcome = await this.ledger.append(orderId, fact);
    if (outcome === 'appended' && !saysSynthetic(fact.correlationId))
      measurementsOf(fact).forEach(this.measure);
    return outcome;
  }
}
