import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';

/** Whose rights this process has: the ARN of a session of a role, of a user, or of an account's root. */
export async function callerArn(): Promise<string> {
  const { Arn = '' } = await new STSClient({ maxAttempts: 4 }).send(new GetCallerIdentityCommand({}));
  return Arn;
}
