import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** A finding of cdk-nag's AwsSolutions pack, for example `AwsSolutions-IAM5[Resource::*]`. */
export type NagFinding = `AwsSolutions-${string}`;

/**
 * Accepts a finding on exactly one construct, for a reason that a reviewer can judge. Test: nag.test.ts refuses
 * acknowledgements on whole stacks, and those that no longer accept anything.
 */
export function accept(construct: IConstruct, reasons: Readonly<Partial<Record<NagFinding, string>>>): void {
  const acknowledgements = Object.entries(reasons).map(([id, reason]) => ({ id, reason: String(reason) }));
  Validations.of(construct).acknowledge(...acknowledgements);
}
