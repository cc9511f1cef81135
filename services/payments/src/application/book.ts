import { type Money, type OrderId, sameMoney } from '@shipline/contracts';
import type { Fact, FactBody, Operation } from '../domain/fact.js';
import { apply, fold, noPayment, type Payment } from '../domain/payment.js';
import { LedgerContradiction, PaymentUnknown } from '../domain/payment-error.js';
import { weigh } from '../domain/weigh.js';
import { GatewayUnknown, type Intent } from '../ports/gateway.js';
import type { Ledger } from '../ports/ledger.js';
import type { Reports } from '../ports/reports.js';

export interface BookDeps {
  readonly ledger: Ledger;
  readonly reports: Reports;
  readonly now: () => Date;
}

export interface About {
  readonly orderId: OrderId;
  readonly correlationId: string;
}

/** More writers than there can be: somebody goes round in circles. */
const MAX_LOST_RACES = 20;

/** One order's facts, as a use case reads and continues them. */
export class Book {
  #payment: Payment = noPayment;

  private constructor(
    private readonly deps: BookDeps,
    readonly about: About,
  ) {}

  static async open(deps: BookDeps, about: About): Promise<Book> {
    const book = new Book(deps, about);
    await book.#read();
    return book;
  }

  /** As of the last read or write. */
  get payment(): Payment {
    return this.#payment;
  }

  /** @throws {LedgerContradiction} where nothing was opened */
  get intentId(): string {
    return this.#payment.intentId ?? this.#contradiction('has no intent');
  }

  /** @throws {LedgerContradiction} where nothing was opened */
  get asked(): Money {
    return this.#payment.asked ?? this.#contradiction('has no amount');
  }

  /**
   * Appends the fact, unless what was written meanwhile makes it known or irrelevant. Whoever loses the put reads
   * the winner's facts and weighs again.
   * @param draft may depend on the facts that it follows
   * @throws {LedgerContradiction}
   */
  async record(draft: FactBody | ((payment: Payment) => FactBody)): Promise<Payment> {
    for (let lost = 0; lost < MAX_LOST_RACES; lost += 1) {
      const body = typeof draft === 'function' ? draft(this.#payment) : draft;
      const verdict = weigh(this.#payment, body);
      if (verdict === 'known') return this.#payment;
      if (verdict === 'impossible') this.#contradiction(`is ${this.#payment.status}: ${body.kind}`);
      // Before the put, whose reply may get lost: who comes after would find the fact, and say nothing.
      this.#report(body);
      const fact = this.#factOf(body);
      if ((await this.deps.ledger.append(this.about.orderId, fact)) === 'appended') {
        this.#payment = apply(this.#payment, fact);
        return this.#payment;
      }
      await this.#read();
    }
    throw new Error(`${this.about.orderId}: lost the ledger's next place too often`);
  }

  /**
   * Does something at the gateway. An unknown outcome becomes a fact before it becomes an error.
   * @throws {PaymentUnknown}
   */
  async attempt<T>(doubt: Omit<Doubt, 'kind' | 'stored'>, run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof GatewayUnknown)) throw error;
      await this.record({ kind: 'unknown', stored: error.stored, ...doubt });
      throw new PaymentUnknown(doubt.operation, { cause: error });
    }
  }

  /** The gateway answered, but not what it did. @throws {PaymentUnknown} always */
  async doubt(operation: Operation): Promise<never> {
    await this.record({ kind: 'unknown', stored: false, operation, attempt: 1 });
    throw new PaymentUnknown(operation);
  }

  /** Records that the gateway's amount is not what the order costs. @returns whether that is so */
  async findsMismatch({ id, amount }: Intent): Promise<boolean> {
    if (sameMoney(amount, this.asked)) return false;
    await this.record({ kind: 'mismatch', intentId: id, expected: this.asked, found: amount });
    return true;
  }

  async #read(): Promise<void> {
    this.#payment = fold(await this.deps.ledger.read(this.about.orderId));
  }

  #report(body: FactBody): void {
    if (body.kind !== 'mismatch') return;
    const { intentId, expected, found } = body;
    this.deps.reports.mismatch({ orderId: this.about.orderId, intentId, expected, found });
  }

  #factOf(body: FactBody): Fact {
    return {
      sequence: this.#payment.sequence + 1,
      at: this.deps.now().toISOString(),
      // The checkout's, also where a webhook or a refund continues it.
      correlationId: this.#payment.correlationId ?? this.about.correlationId,
      ...body,
    };
  }

  #contradiction(what: string): never {
    throw new LedgerContradiction(`The payment of ${this.about.orderId} ${what}`);
  }
}

type Doubt = Extract<FactBody, { kind: 'unknown' }>;
