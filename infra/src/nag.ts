import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** A finding of cdk-nag's AwsSolutions pack, for example `AwsSolutions-IAM5[Resource::*]`. */
export type NagFinding = `AwsSolutions-${string}`;

/**
 * Accepts a finding on exactly one construct, for a reason that a reviewer can judge. Test: nag.test.ts refuses
 * acknowledgements on whole stacks, and those that no longer accept anything.
 */
export function accept(construct: IConstruct, reasons: Readonly<Partial<Record<NagFinding, string>>>): void {
  // What Validations.of(…).acknowledge records, without its stack trace: that holds the machine's paths.
  for (const [id, reason] of Object.entries(reasons))
    construct.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, { [id]: reason });
}
