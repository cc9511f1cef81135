import type { Stack } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';

/** What cdk-nag says of a stack: rules that are broken and not accepted, and all findings and acceptances by where they stand. */
export function nagOf(stack: Stack) {
  const { violations } = new AwsSolutionsChecks().validateScope(stack);
  const pack = new AwsSolutionsChecks();
  Object.defineProperty(pack, 'isAcknowledged', { value: () => false });
  const found = pack
    .validateScope(stack)
    .violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
    );
  const accepted = stack.node
    .findAll()
    .flatMap(({ node }) =>
      node.metadata
        .filter(({ type }) => type === 'aws:cdk:acknowledged-rules')
        .flatMap(({ data }) => Object.keys(data).map((rule) => `${rule} at ${node.path}`)),
    );
  return { open: violations.map(({ ruleName }) => ruleName), found, accepted };
}
