import { App, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { environmentNames } from '../src/environment.js';
import { accept } from '../src/nag.js';
import { synthesisOf } from './synthesis.js';

/** Findings as `<rule> at <path>`; with `all`, also those that were accepted. */
function findings(scope: IConstruct, { all = false } = {}): string[] {
  const pack = new AwsSolutionsChecks();
  if (all) Object.defineProperty(pack, 'isAcknowledged', { value: () => false });
  const { violations } = pack.validateScope(scope);
  return violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
  );
}

/** Every accepted finding: its rule, its construct and the reason. */
const accepted = (scope: IConstruct) =>
  scope.node.findAll().flatMap((construct) =>
    construct.node.metadata
      .filter(({ type }) => type === 'aws:cdk:acknowledged-rules')
      .flatMap(({ data }) => Object.entries(data as Record<string, string>))
      .map(([id, reason]) => ({ construct, rule: id, reason })),
  );

/** Acceptances that are too wide, say too little, or accept nothing. */
function badAcceptances(scope: IConstruct): string[] {
  const real = findings(scope, { all: true });
  return accepted(scope).flatMap(({ construct, rule, reason }) => {
    const { path } = construct.node;
    const used = real.some((finding) => finding.startsWith(`${rule} at ${path}`));
    return [
      ...(Stack.isStack(construct) || App.isApp(construct) ? [`${rule} is accepted for all of ${path}`] : []),
      ...(reason.length >= 30 ? [] : [`${rule} at ${path} has no real reason`]),
      ...(used ? [] : [`${rule} at ${path} accepts nothing`]),
    ];
  });
}

describe.each(environmentNames)('environment %s', (name) => {
  it('has no finding of cdk-nag, warnings included, that nobody has accepted', () => {
    expect(findings(synthesisOf(name).app)).toEqual([]);
  });

  it('accepts findings on single constructs only, each for a reason, none in vain', () => {
    expect(badAcceptances(synthesisOf(name).app)).toEqual([]);
  });
});

describe('a planted violation', () => {
  const plant = () => {
    const stack = new Stack(new App(), 'Planted');
    return { stack, bucket: new Bucket(stack, 'Open') };
  };

  it('is found', () => {
    expect(findings(plant().stack)).toContain('AwsSolutions-S10 at Planted/Open/Resource');
  });

  it('is refused when it is accepted for a whole stack, without a reason or in vain', () => {
    const { stack, bucket } = plant();
    accept(stack, { 'AwsSolutions-S10': 'Every bucket of this stack is public anyway.' });
    accept(bucket, {
      'AwsSolutions-S1': 'no',
      'AwsSolutions-SQS4': 'This bucket is not even a queue, so why.',
    });
    expect(badAcceptances(stack)).toEqual([
      'AwsSolutions-S10 is accepted for all of Planted',
      'AwsSolutions-S1 at Planted/Open has no real reason',
      'AwsSolutions-SQS4 at Planted/Open accepts nothing',
    ]);
  });
});
