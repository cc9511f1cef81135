import { describe, expect, it } from 'vitest';
import { synthesisOf } from './synthesis.js';
import { identityStatements, listOf, propertiesOf as properties, references } from './template.js';

describe('checkout', () => {
  const { templates, environment } = synthesisOf('prod');
  const { orders } = templates;

  it('lets the state machine call its seven tasks and nothing else', () => {
    const [machine] = properties(orders, 'AWS::StepFunctions::StateMachine');
    const tasks = machine?.['DefinitionSubstitutions'] as Record<string, unknown>;
    const role = references(machine?.['RoleArn'])[0];
    const statements = properties(orders, 'AWS::IAM::Policy')
      .filter((policy) => references(policy['Roles']).includes(role ?? ''))
      .flatMap((policy) => (policy['PolicyDocument'] as { Statement: Record<string, unknown>[] }).Statement);
    const invokes = statements.filter(({ Action }) => Action === 'lambda:InvokeFunction');
    expect(Object.keys(tasks)).toHaveLength(7);
    expect(invokes).toHaveLength(1);
    expect(new Set(listOf(invokes[0]?.['Resource']))).toEqual(new Set(Object.values(tasks)));
  });

  it('lets Step Functions take its role for state machines of this account only', () => {
    const [machine] = properties(orders, 'AWS::StepFunctions::StateMachine');
    const role = orders.Resources[references(machine?.['RoleArn'])[0] ?? '']?.Properties;
    expect(role?.['AssumeRolePolicyDocument']).toMatchObject({
      Statement: [
        {
          Principal: { Service: 'states.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': environment.account } },
        },
      ],
    });
  });

  it('is started through `live` only, by a grant on the machine itself: IAM sees no ARN of an alias', () => {
    const [machine] = properties(orders, 'AWS::StepFunctions::StateMachine');
    const starts = identityStatements(orders).filter(([, { Action }]) => Action === 'states:StartExecution');
    expect(starts).toHaveLength(2);
    for (const [, { Resource, Condition }] of starts) {
      expect(Resource).toMatch(new RegExp(`:stateMachine:${machine?.['StateMachineName']}$`));
      expect(Condition).toEqual({
        'ForAnyValue:StringEquals': { 'states:StateMachineQualifier': ['live'] },
      });
    }
  });

  it('fills in every function that the definition names', () => {
    const [machine] = properties(orders, 'AWS::StepFunctions::StateMachine');
    const named = String(machine?.['DefinitionString']).matchAll(/\$\{(\w+)\}/g);
    const known = Object.keys(machine?.['DefinitionSubstitutions'] as object);
    expect(new Set([...named].map(([, task]) => task))).toEqual(new Set(known));
  });
});
