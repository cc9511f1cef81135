import type { FaultRule } from '../../src/domain/fault.js';
import type { Faults } from '../../src/ports/faults.js';

export class InMemoryFaults implements Faults {
  readonly #rules: FaultRule[] = [];
  readonly #strikes = new Map<string, number>();

  async add(rule: FaultRule): Promise<void> {
    this.#rules.push(rule);
  }

  async rules(): Promise<readonly FaultRule[]> {
    return [...this.#rules];
  }

  async take({ id, times }: FaultRule): Promise<boolean> {
    const strikes = this.#strikes.get(id) ?? 0;
    if (strikes >= times) return false;
    this.#strikes.set(id, strikes + 1);
    return true;
  }

  async clear(): Promise<void> {
    this.#rules.length = 0;
  }
}
