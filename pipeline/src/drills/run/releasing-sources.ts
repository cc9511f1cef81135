import { type Environment, type ServiceName, stackName } from '@shipline/infra';
import { UserError } from '@shipline/tooling/cli';
import { cdkDeploy } from '@shipline/tooling/deploy/cdk';
import { type AccountClients, changedStacks } from '@shipline/tooling/deploy/changed-stacks';
import { type Progress, silentProgress } from '@shipline/tooling/progress';
import type { Drill } from '../drill.js';
import { type Assembly, drillAssembly, soundAssembly } from './assemblies.js';
import type { MadeRelease, Releasing } from './releasing.js';
import { untilSettled } from './settled.js';

/**
 * As `pnpm deploy:<env>` does: by the CDK, from what the sources say.
 * @throws {UserError} when something else is deployed: the drill could not bring it back.
 */
export async function releasingSources(
  environment: Environment,
  clients: AccountClients,
  folder: string,
): Promise<Releasing> {
  const sound = soundAssembly(environment, folder);
  await untilSettled(
    clients.cloudFormation,
    sound.stacks.map(({ stackName: name }) => name),
  );
  const other = await changedStacks(clients, sound.stacks);
  if (other.length > 0)
    throw new UserError(
      `${namesOf(other)} is not deployed as it is here, and a drill brings back what is here: run \`pnpm deploy:${environment.name}\` first.`,
    );
  return new ReleasingSources(environment, clients, sound);
}

class ReleasingSources implements Releasing {
  constructor(
    private readonly environment: Environment,
    private readonly clients: AccountClients,
    private readonly sound: Assembly,
  ) {}

  async make(drill: Drill, environment: Environment, folder: string): Promise<MadeRelease> {
    const assembly = await drillAssembly(drill, environment, folder);
    return { deploy: (services) => deploy(assembly, this.namesOf(services)) };
  }

  async bringBack(services: readonly ServiceName[], progress: Progress): Promise<void> {
    const names = this.namesOf(services);
    const wanted = this.sound.stacks.filter(({ stackName: name }) => names.includes(name));
    await untilSettled(this.clients.cloudFormation, names);
    const other = await changedStacks(this.clients, wanted);
    if (other.length === 0) return;
    await progress.step(`Bring back ${namesOf(other)}`, () =>
      cdkDeploy(
        this.sound.folder,
        other.map(({ stackName: name }) => name),
        silentProgress,
      ),
    );
    const left = await changedStacks(this.clients, wanted);
    if (left.length > 0)
      throw new UserError(
        `${namesOf(left)} could not be brought back to what it was: run \`pnpm deploy:<environment>\`.`,
      );
  }

  private namesOf(services: readonly ServiceName[]): string[] {
    return services.map((service) => stackName(this.environment.name, service));
  }
}

async function deploy({ folder }: Assembly, names: readonly string[]): Promise<string | undefined> {
  try {
    await cdkDeploy(folder, names, silentProgress);
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

const namesOf = (stacks: readonly { readonly stackName: string }[]) =>
  stacks.map(({ stackName: name }) => name).join(', ');
