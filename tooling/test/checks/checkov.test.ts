import { describe, expect, it } from 'vitest';
import { findingsIn, suppressions, unsuppressed } from '../../src/checks/checkov.js';

const finding = { check_id: 'CKV_AWS_53', check_name: 'Block public ACLs', resource: 'AWS::S3::Bucket.Open' };
const accepted = { check: 'CKV_AWS_53', reason: 'Planted.', resources: ['AWS::S3::Bucket.Open'] };

describe('checkov', () => {
  it('finds what nobody has accepted', () => {
    expect(unsuppressed([finding], [])).toEqual(['CKV_AWS_53 AWS::S3::Bucket.Open: Block public ACLs']);
  });

  it('accepts a finding on the named resource only', () => {
    expect(unsuppressed([finding], [accepted])).toEqual([]);
    expect(
      unsuppressed([finding, { ...finding, resource: 'AWS::S3::Bucket.Other' }], [accepted]),
    ).toHaveLength(1);
  });

  it('finds what is accepted in vain', () => {
    expect(unsuppressed([], [accepted])).toEqual(['CKV_AWS_53 AWS::S3::Bucket.Open is accepted in vain']);
  });

  it('takes no report for good that read nothing, or not everything', () => {
    const report = (summary: object) => JSON.stringify({ summary, results: { failed_checks: [] } });

    expect(findingsIn(`a warning\n${report({ passed: 1, parsing_errors: 0 })}`)).toEqual([]);
    expect(() => findingsIn(report({ passed: 0, parsing_errors: 0 }))).toThrow();
    expect(() => findingsIn(report({ passed: 1, parsing_errors: 1 }))).toThrow();
  });

  it('names every resource', () => {
    expect(
      suppressions()
        .flatMap(({ resources }) => resources)
        .filter((name) => name.includes('*')),
    ).toEqual([]);
  });
});
