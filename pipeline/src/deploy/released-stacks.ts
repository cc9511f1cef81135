import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deployOrder, type Environment, sandboxParameters, stackName } from '@shipline/infra';
import type { DeployedStackId } from '@shipline/tooling/deploy/deployed-stacks';
import { GateShut } from '../gates/gate.js';

/** One stack as a release brings it to one environment. */
export interface ReleasedStack {
  readonly id: DeployedStackId;
  readonly stackName: string;
  readonly releaseFolder: string;
  /** In the release; its assets are named by their digest, so an equal template is an equal release. */
  readonly templateFile: string;
  /** SAM's `--parameter-overrides`, where the template's defaults do not say it. */
  readonly parameters?: string;
  /** SHA-256 of all of the above. */
  readonly digest: string;
}

/**
 * The stacks in the order in which they are deployed: everything in a wave goes at the same time. The sandbox comes
 * between state and services, because payments needs its address and the release checks pay there.
 * @throws {GateShut} where the release was not built for this environment.
 */
export function releasedWaves(releaseFolder: string, environment: Environment): ReleasedStack[][] {
  const [foundation = [], ...services] = deployOrder(environment);
  const sandbox = environment.gateway.kind === 'sandbox' ? [['payment-sandbox' as const]] : [];
  return [foundation, ...sandbox, ...services].map((wave) =>
    wave.map((id) => releasedStack(releaseFolder, environment, id)),
  );
}

export function releasedStack(
  releaseFolder: string,
  environment: Environment,
  id: DeployedStackId,
): ReleasedStack {
  const name = stackName(environment.name, id);
  const templateFile = templateOf(join(releaseFolder, 'templates', environment.name), name);
  const parameters = id === 'payment-sandbox' ? sandboxParameters(environment) : undefined;
  const digest = createHash('sha256')
    .update(readFileSync(templateFile))
    .update(parameters ?? '')
    .digest('hex');
  return {
    id,
    stackName: name,
    releaseFolder,
    templateFile,
    digest,
    ...(parameters !== undefined && { parameters }),
  };
}

/** The CDK writes JSON, SAM's own templates are YAML. */
function templateOf(folder: string, name: string): string {
  const found = ['json', 'yaml']
    .map((extension) => join(folder, `${name}.template.${extension}`))
    .find((file) => existsSync(file));
  if (found) return found;
  throw new GateShut(
    `The release has no template of ${name} in ${folder}: build it with \`pnpm gate package\`.`,
  );
}
