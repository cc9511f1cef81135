import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One CloudFormation stack of a synthesized CDK app. */
export interface AssemblyStack {
  readonly stackName: string;
  readonly templateFile: string;
  readonly template: unknown;
  /** Names of the stacks that must be deployed before it. */
  readonly dependsOn: readonly string[];
}

interface Manifest {
  artifacts: Record<
    string,
    {
      type: string;
      dependencies?: string[];
      displayName?: string;
      properties?: { templateFile: string; stackName?: string };
    }
  >;
}

/** Reads a cloud assembly (`cdk.out`): https://docs.aws.amazon.com/cdk/v2/guide/deploy.html#deploy-how-synth-assemblies */
export function readAssembly(directory: string): AssemblyStack[] {
  const { artifacts } = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8')) as Manifest;
  const nameOf = (id: string) => artifacts[id]?.properties?.stackName ?? id;
  return Object.entries(artifacts).flatMap(([id, { type, dependencies = [], properties }]) => {
    if (type !== 'aws:cloudformation:stack' || !properties) return [];
    const templateFile = join(directory, properties.templateFile);
    return {
      stackName: nameOf(id),
      templateFile,
      template: JSON.parse(readFileSync(templateFile, 'utf8')) as unknown,
      dependsOn: dependencies
        .filter((other) => artifacts[other]?.type === 'aws:cloudformation:stack')
        .map(nameOf),
    };
  });
}
