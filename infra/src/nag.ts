import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** A finding of cdk-nag's AwsSolutions pack, for example `AwsSolutions-IAM5[Resource::*]`. */
export type NagFinding = `AwsSolutions-${string}`;

/** Reasons that hold in several places: the `checkov` check sees that there are few in all. */
export const reasons = {
  noResources: 'These actions know no resources, or what they make has no name that could be written here.',
  namedByAws:
    'What it reaches is named when it comes into being (a version, an execution, a stream): only whose it is stands here.',
} as const;

/**
 * Accepts a finding on exactly one construct, for a reason that a reviewer can judge. Test: nag.test.ts refuses
 * acknowledgements on whole stacks, and those that no longer accept anything.
 */
export function accept(construct: IConstruct, reasons: Readonly<Partial<Record<NagFinding, string>>>): void {
  // What Validations.of(…).acknowledge records, without its stack trace: that holds the machine's paths.
  for (const [id, reason] of Object.entries(reasons))
    construct.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, { [id]: reason });
}
