import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.js';

export interface ScheduledFunctionProps {
  readonly handler: ServiceFunction;
  readonly every: Duration;
}

/** Runs a function again and again. A run that fails is not repeated: the next one finds the same work. */
export class ScheduledFunction extends Construct {
  constructor(scope: Construct, id: string, { handler, every }: ScheduledFunctionProps) {
    super(scope, id);
    handler.alias.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(1) });
    new Rule(this, 'Rule', {
      description: `Runs ${handler.props.service}'s ${handler.props.name}`,
      schedule: Schedule.rate(every),
      targets: [new LambdaFunction(handler.alias, { retryAttempts: 0, maxEventAge: Duration.minutes(1) })],
    });
  }
}
