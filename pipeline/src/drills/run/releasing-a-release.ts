import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Environment, type ServiceName, stackName } from '@shipline/infra';
import { UserError } from '@shipline/tooling/cli';
import type { Target } from '@shipline/tooling/deploy/target';
import type { Progress } from '@shipline/tooling/progress';
import { accountOf } from '../../deploy/account.js';
import { type ReleasedStack, releasedStack, releasedWaves } from '../../deploy/released-stacks.js';
import { samSettingOf } from '../../deploy/sam-setting.js';
import { StackFailed } from '../../deploy/settle.js';
import { deployStack, type StackDeployment } from '../../deploy/stack-deployment.js';
import { standingOf } from '../../deploy/standing.js';
import { Assets } from '../../release/assets.js';
import { releasedTemplate, type Template } from '../../release/templates.js';
import type { Drill } from '../drill.js';
import { type Assembly, drillAssembly } from './assemblies.js';
import type { MadeRelease, Releasing } from './releasing.js';
import { untilSettled } from './settled.js';

/**
 * As the road does: by change sets that SAM makes, from a release.
 * @throws {UserError} when the environment runs another one: the drill could not bring that back.
 */
export async function releasingARelease(
  target: Target,
  releaseFolder: string,
  { note }: Progress,
): Promise<Releasing> {
  const { environment } = target;
  const account = accountOf(target);
  const stacks = releasedWaves(releaseFolder, environment).flat();
  await untilSettled(
    account.cloudFormation,
    stacks.map(({ stackName: name }) => name),
  );
  const other = await changedOf(account, stacks);
  if (other.length > 0)
    throw new UserError(
      `${environment.name} does not run this release (${other.join(', ')}), and a drill brings back what is there: run the gates \`plan\` and \`deploy\` before.`,
    );
  const sam = await samSettingOf(target, account.s3, note);
  return new ReleasingARelease({ account, sam, environment }, environment, releaseFolder);
}

class ReleasingARelease implements Releasing {
  constructor(
    private readonly deployment: StackDeployment,
    private readonly environment: Environment,
    private readonly releaseFolder: string,
  ) {}

  async make(drill: Drill, environment: Environment, folder: string): Promise<MadeRelease> {
    const assembly = await drillAssembly(drill, environment, folder);
    return { deploy: (services) => this.deploy(assembly, folder, services) };
  }

  async bringBack(services: readonly ServiceName[], progress: Progress): Promise<void> {
    const { account } = this.deployment;
    const sound = services.map((service) => releasedStack(this.releaseFolder, this.environment, service));
    await untilSettled(
      account.cloudFormation,
      sound.map(({ stackName: name }) => name),
    );
    const other = await changedOf(account, sound);
    if (other.length === 0) return;
    await progress.step(`Bring back ${other.join(', ')}`, () =>
      Promise.all(sound.map((stack) => deployStack(this.deployment, stack, undefined))),
    );
    const left = await changedOf(account, sound);
    if (left.length > 0)
      throw new UserError(
        `${left.join(', ')} could not be brought back to the release: run the gates \`plan\` and \`deploy\`.`,
      );
  }

  private async deploy(
    assembly: Assembly,
    folder: string,
    services: readonly ServiceName[],
  ): Promise<string | undefined> {
    const assets = new Assets(folder);
    try {
      await Promise.all(
        services.map((service) => {
          const stack = this.packed(assembly, folder, assets, service);
          return deployStack(this.deployment, stack, undefined);
        }),
      );
      return undefined;
    } catch (error) {
      if (error instanceof StackFailed) return error.message;
      throw error;
    }
  }

  /** The drill's stack in the form that a release has. */
  private packed(assembly: Assembly, folder: string, assets: Assets, service: ServiceName): ReleasedStack {
    const name = stackName(this.environment.name, service);
    const made = assembly.stacks.find((stack) => stack.stackName === name);
    if (!made) throw new Error(`The drill has not made ${name}.`);
    const path = join('templates', this.environment.name, `${name}.template.json`);
    const template = releasedTemplate(made.template as Template, { path, assembly: assembly.folder, assets });
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), JSON.stringify(template));
    return releasedStack(folder, this.environment, service);
  }
}

/** Names of the stacks that are not as the release has them. */
async function changedOf(
  account: StackDeployment['account'],
  stacks: readonly ReleasedStack[],
): Promise<string[]> {
  const standings = await Promise.all(stacks.map((stack) => standingOf(account, stack)));
  return stacks
    .filter((_, index) => standings[index]?.kind !== 'unchanged')
    .map(({ stackName }) => stackName);
}
