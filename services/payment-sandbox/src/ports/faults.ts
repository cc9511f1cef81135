import type { FaultRule } from '../domain/fault.js';

/** The merchant's switches for what goes wrong. */
export interface Faults {
  add(rule: FaultRule): Promise<void>;
  /** Those that have been added, oldest first. */
  rules(): Promise<readonly FaultRule[]>;
  /** Uses a rule up by one; false where it has struck as often as it may. The rule need not have been added. */
  take(rule: FaultRule): Promise<boolean>;
  clear(): Promise<void>;
}
