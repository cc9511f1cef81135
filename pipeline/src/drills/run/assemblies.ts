import { join } from 'node:path';
import type { Environment } from '@shipline/infra';
import { buildApp } from '@shipline/infra/app';
import { type Bundles, builtBundles } from '@shipline/infra/bundles';
import { type AssemblyStack, readAssembly } from '@shipline/tooling/deploy/assembly';
import { CfnDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import type { Drill } from '../drill.js';
import { changedBundle } from './changed-bundle.js';

/** Synthesized stacks, in a folder that `cdk deploy` takes. */
export interface Assembly {
  readonly folder: string;
  readonly stacks: readonly AssemblyStack[];
}

/** What the sources say: the release that a drill expects to find, and goes back to. */
export function soundAssembly(environment: Environment, folder: string): Assembly {
  buildApp(environment, { outdir: folder }).app.synth();
  return { folder, stacks: readAssembly(folder) };
}

/** The same templates with the drill's bundles in place of the sound ones. */
export async function drillAssembly(
  drill: Drill,
  environment: Environment,
  folder: string,
): Promise<Assembly> {
  const sound = builtBundles();
  const changed = (service: string, functionName: string) => join(folder, 'bundles', service, functionName);
  for (const { service, functionName, fault } of drill.targets)
    await changedBundle(sound(service, functionName), fault, changed(service, functionName));
  const bundles: Bundles = (owner, name) =>
    drill.targets.some(({ service, functionName }) => service === owner && functionName === name)
      ? changed(owner, name)
      : sound(owner, name);
  const outdir = join(folder, 'assembly');
  const { app } = buildApp(environment, { bundles, outdir });
  if (drill.withoutAlarms)
    for (const group of app.node.findAll()) if (group instanceof CfnDeploymentGroup) unwatch(group);
  app.synth();
  return { folder: outdir, stacks: readAssembly(outdir) };
}

function unwatch(group: CfnDeploymentGroup): void {
  group.alarmConfiguration = { enabled: false };
}
