import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { services } from '@shipline/infra';
import { UserError } from '../src/cli.js';
import { readAssembly } from '../src/deploy/assembly.js';
import { cdkOut, root } from '../src/paths.js';

export type FunctionKind = 'api' | 'task' | 'consumer';

export interface BenchFunction {
  /** `<service>/<function>`. */
  readonly name: string;
  readonly service: string;
  readonly kind: FunctionKind;
  /** Its entry's source. */
  readonly entry: string;
  /** The bundle that is deployed. */
  readonly bundle: string;
  /** Variables of the template, with `bench` for what CloudFormation resolves. */
  readonly variables: Readonly<Record<string, string>>;
}

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}
type Resources = Readonly<Record<string, Resource>>;

/** Every function of the synthesized stacks of environment `local`. */
export function functionsOfTheShop(): BenchFunction[] {
  return readAssembly(cdkOut('local')).flatMap(({ template }) => {
    const resources = (template as { Resources: Resources }).Resources;
    return Object.entries(resources).flatMap(([id, resource]) => {
      const found = resource.Type === 'AWS::Lambda::Function' && describe(id, resource, resources);
      return found ? [found] : [];
    });
  });
}

/**
 * Those whose name contains `part`; all without one.
 * @throws {UserError} when there is none: a table without lines would look like a result.
 */
export function named<F extends Pick<BenchFunction, 'name'>>(functions: readonly F[], part?: string): F[] {
  const found = functions.filter(({ name }) => part === undefined || name.includes(part));
  if (found.length > 0) return found;
  throw new UserError(
    `No function has \`${part}\` in its name: it is one of ${functions.map(({ name }) => name).join(', ')}.`,
  );
}

function describe(
  id: string,
  { Properties = {} }: Resource,
  resources: Resources,
): BenchFunction | undefined {
  const physicalName = String(Properties['FunctionName']).replace(/^shipline-local-/, '');
  const service = services.find((candidate) => physicalName.startsWith(`${candidate}-`));
  if (!service) return undefined;
  const name = physicalName.slice(service.length + 1);
  const folder = join(root, 'services', service);
  const entry = ['', 'tasks/']
    .map((below) => join(folder, 'src/functions', `${below}${name}.ts`))
    .find((path) => existsSync(path));
  if (!entry) throw new Error(`No source was found for the function ${physicalName}.`);
  const { Variables = {} } = (Properties['Environment'] ?? {}) as { Variables?: Record<string, unknown> };
  return {
    name: `${service}/${name}`,
    service,
    kind: kindOf(id, resources),
    entry,
    bundle: join(folder, 'dist/functions', name, 'index.mjs'),
    variables: Object.fromEntries(
      Object.entries(Variables).map(([key, value]) => [key, typeof value === 'string' ? value : 'bench']),
    ),
  };
}

/**
 * What calls it, as the template says: an HTTP API's integration, an event source or a schedule; else a task
 * that a state machine or another service invokes.
 */
export function kindOf(functionId: string, resources: Resources): FunctionKind {
  const aliases = Object.entries(resources)
    .filter(([, { Type, Properties }]) => Type === 'AWS::Lambda::Alias' && mentions(Properties, functionId))
    .map(([id]) => id);
  const calledBy = (...types: string[]) =>
    Object.values(resources).some(
      ({ Type, Properties }) => types.includes(Type) && aliases.some((alias) => mentions(Properties, alias)),
    );
  if (calledBy('AWS::ApiGatewayV2::Integration')) return 'api';
  if (calledBy('AWS::Lambda::EventSourceMapping', 'AWS::Events::Rule', 'AWS::Scheduler::Schedule'))
    return 'consumer';
  return 'task';
}

/** Refers to a resource by Ref, GetAtt or inside a Sub. */
const mentions = (value: unknown, id: string) =>
  new RegExp(`["{]${id}["}.]`).test(JSON.stringify(value ?? {}));
