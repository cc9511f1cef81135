/** IAM as plain data: what a policy is made of here, before the CDK and the tests read it. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface Policy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

/** `actions('s3', 'GetObject PutObject')` are `s3:GetObject` and `s3:PutObject`. */
export const actions = (service: string, list: string) => list.split(' ').map((name) => `${service}:${name}`);

export const allow = (
  Action: readonly string[],
  Resource: readonly string[],
  Condition?: Statement['Condition'],
): Statement => ({ Effect: 'Allow', Action, Resource, ...(Condition && { Condition }) });

export const deny = (
  Action: readonly string[],
  Resource: readonly string[],
  Condition?: Statement['Condition'],
): Statement => ({ Effect: 'Deny', Action, Resource, ...(Condition && { Condition }) });

export const policy = (statements: readonly Statement[]): Policy => ({
  Version: '2012-10-17',
  Statement: statements,
});

/** Statements with the same resources and condition as one, their actions in order and named once. */
export function merged(statements: readonly Statement[]): Statement[] {
  const groups = Map.groupBy(statements, ({ Effect, Resource, Condition }) =>
    JSON.stringify([Effect, Resource, Condition]),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ ...first, Action: [...new Set(group.flatMap(({ Action }) => Action))].sort() }] : [];
  });
}

/** IAM counts what a managed policy has besides white space, and takes no more than this. */
export const longestPolicy = 6_144;

export const lengthOf = (statements: readonly Statement[]) => JSON.stringify(policy(statements)).length;

/** As few policies as hold the statements in their order. */
export function packed(statements: readonly Statement[], longest = longestPolicy): Statement[][] {
  const policies: Statement[][] = [];
  for (const statement of statements) {
    const last = policies.at(-1);
    if (last && lengthOf([...last, statement]) <= longest) last.push(statement);
    else policies.push([statement]);
  }
  return policies;
}
