import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { versionDescription } from '../src/constructs/version-description.js';

/** What a template has for the description, given names of variables whose values only CloudFormation knows. */
function describedBy(...names: string[]): unknown {
  const stack = new Stack(new App(), 'Stack');
  const variables = new Map([['LOG_LEVEL', 'INFO']]);
  const description = versionDescription(variables);
  for (const name of names)
    variables.set(name, new CfnParameter(stack, name.replaceAll('_', '')).valueAsString);
  return stack.resolve(description);
}

describe("a version's description", () => {
  it('has the values that CloudFormation fills in, and of a function its name', () => {
    expect(describedBy('TABLE_NAME', 'CATALOG_QUOTE_FUNCTION')).toEqual({
      'Fn::Join': [
        '',
        [
          { Ref: 'TABLENAME' },
          ' ',
          { 'Fn::Select': [6, { 'Fn::Split': [':', { Ref: 'CATALOGQUOTEFUNCTION' }] }] },
        ],
      ],
    });
  });

  it('is left out where every value is in the template', () => {
    expect(describedBy()).toBeUndefined();
  });

  it('refuses more values than it has room for', () => {
    expect(() => describedBy('A', 'B', 'C', 'D', 'E')).toThrow('has room for 4 values');
  });
});
