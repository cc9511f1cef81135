import type { Pipeline } from 'aws-cdk-lib/aws-codepipeline';
import { Construct } from 'constructs';
import { keepEvents } from '../../accounts/kept-events.js';
import { DeliveryMetrics } from './delivery-metrics.js';

/**
 * Every start and end of a release and of its stages: what lead time, deployment frequency, change failure rate and time
 * to restore are counted from.
 */
export class DeliveryRecord extends Construct {
  constructor(scope: Construct, { pipelineName }: Pipeline) {
    super(scope, 'DeliveryRecord');
    const log = keepEvents(this, {
      name: 'shipline-deliveries',
      description: 'Keeps what happens to releases.',
      eventPattern: {
        source: ['aws.codepipeline'],
        detailType: [
          'CodePipeline Pipeline Execution State Change',
          'CodePipeline Stage Execution State Change',
        ],
        detail: { pipeline: [pipelineName] },
      },
    });
    new DeliveryMetrics(this, log, pipelineName);
  }
}
