import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { CheckoutInput } from '@shipline/contracts';
import type { Checkouts } from '../ports/checkout.js';

export class StepFunctionsCheckouts implements Checkouts {
  constructor(
    private readonly client: SFNClient,
    private readonly stateMachineArn: string,
  ) {}

  async start(name: string, input: CheckoutInput): Promise<void> {
    try {
      await this.client.send(
        new StartExecutionCommand({
          stateMachineArn: this.stateMachineArn,
          name,
          input: JSON.stringify(input),
        }),
      );
    } catch (error) {
      // Somebody started it before: an execution's name is the proof.
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
    }
  }

  async stateOf(name: string): Promise<'absent' | 'running' | 'ended'> {
    try {
      const { status } = await this.client.send(
        new DescribeExecutionCommand({ executionArn: executionArn(this.stateMachineArn, name) }),
      );
      return status === 'RUNNING' || status === 'PENDING_REDRIVE' ? 'running' : 'ended';
    } catch (error) {
      if (error instanceof ExecutionDoesNotExist) return 'absent';
      throw error;
    }
  }
}

/** `arn:…:stateMachine:<machine>` (an alias may follow) and a name give `arn:…:execution:<machine>:<name>`. */
function executionArn(stateMachineArn: string, name: string): string {
  const [arn, partition, service, region, account, , machine] = stateMachineArn.split(':');
  return [arn, partition, service, region, account, 'execution', machine, name].join(':');
}
