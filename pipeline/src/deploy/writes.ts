import { type CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';

/** The names under which a stack tells others its values in Parameter Store. */
export async function namesWrittenBy(client: CloudFormationClient, stackName: string): Promise<string[]> {
  const names: string[] = [];
  const pages = paginateListStackResources({ client }, { StackName: stackName });
  for await (const { StackResourceSummaries = [] } of pages)
    for (const { ResourceType, PhysicalResourceId } of StackResourceSummaries)
      if (ResourceType === 'AWS::SSM::Parameter' && PhysicalResourceId) names.push(PhysicalResourceId);
  return names;
}
