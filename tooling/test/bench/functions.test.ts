import { describe, expect, it } from 'vitest';
import { kindOf, named } from '../../bench/functions.js';

const all = [{ name: 'orders/api' }, { name: 'orders/relay' }, { name: 'cart/api' }];

describe('the functions to measure', () => {
  it('are all, or those with a part of the name', () => {
    expect(named(all)).toEqual(all);
    expect(named(all, 'orders/')).toEqual([{ name: 'orders/api' }, { name: 'orders/relay' }]);
  });

  it('are at least one: else the names to choose from are told', () => {
    expect(() => named(all, 'checkout')).toThrow(
      'No function has `checkout` in its name: it is one of orders/api, orders/relay, cart/api.',
    );
  });
});

describe('the kind of a function', () => {
  /** A function behind `live`, and one resource that names the alias. */
  const calledBy = (Type: string) => ({
    Live: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Fn' } } },
    Caller: { Type, Properties: { Target: { Ref: 'Live' } } },
  });

  it.each([
    ['AWS::ApiGatewayV2::Integration', 'api'],
    ['AWS::Lambda::EventSourceMapping', 'consumer'],
    ['AWS::Events::Rule', 'consumer'],
    ['AWS::Scheduler::Schedule', 'consumer'],
    ['AWS::StepFunctions::StateMachine', 'task'],
  ])('that %s calls is %s', (type, kind) => {
    expect(kindOf('Fn', calledBy(type))).toBe(kind);
  });

  it('is not that of a function whose id begins alike', () => {
    expect(kindOf('F', calledBy('AWS::ApiGatewayV2::Integration'))).toBe('task');
  });
});
