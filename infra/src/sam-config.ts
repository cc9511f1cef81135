import type { Environment, EnvironmentName } from './environment.js';
import { environmentNames } from './environment.js';
import { environment, placeholderInputs } from './environments.js';
import { artifactBucketName, parameters, type StackId, stackIds, stackName } from './names.js';

type Value = string | boolean;
type Section = Readonly<Record<string, Value>>;
type DeployedBySam = StackId | 'payment-sandbox';

/** What a bare `sam build` at the root means. */
const DEFAULT = { environment: 'local', stack: 'catalog' } as const;

const HEADER = `# How the SAM CLI builds, packages and deploys every stack: sam <command> --config-env <environment>-<stack>.
# Made from infra/src by \`pnpm --filter @shipline/infra render\`; a test compares.
# The templates: \`pnpm build\`, then \`pnpm synth <environment>\`, as \`pnpm deploy:<environment>\` does it.
version = 0.1
`;

/** The whole of samconfig.toml. Accounts but the laptop's are not in it: pass \`--s3-bucket\` for them. */
export function renderSamConfig(): string {
  const tables = environmentNames.flatMap((name) => {
    const data = environment(name, placeholderInputs);
    const stacks: DeployedBySam[] = [...stackIds, ...(data.gateway.kind === 'sandbox' ? sandbox : [])];
    return stacks.map((stack) => table(`${name}-${stack}`, sections(data, stack)));
  });
  const fallback = sections(environment(DEFAULT.environment, placeholderInputs), DEFAULT.stack);
  return [HEADER, table('default', fallback), ...tables].join('\n');
}

const sandbox = ['payment-sandbox'] as const;

/** Parameters by SAM command. `list_resources` and the like are SAM's own names of its sub-commands. */
function sections(data: Environment, stack: DeployedBySam): Record<string, Section> {
  const { name, region } = data;
  const template_file = templateOf(name, stack);
  const build_dir = `.aws-sam/build/${name}-${stack}`;
  const bucket: Section = name === 'local' ? { s3_bucket: artifactBucketName(data) } : {};
  return {
    global: { stack_name: stackName(name, stack), region },
    validate: { template_file, lint: true },
    build: { template_file, build_dir },
    package: { template_file: `${build_dir}/template.yaml`, ...bucket, s3_prefix: stack },
    deploy: {
      capabilities: 'CAPABILITY_IAM',
      ...bucket,
      s3_prefix: stack,
      fail_on_empty_changeset: false,
      tags: `shipline:environment=${name} shipline:stack=${stack}`,
      ...(stack === 'payment-sandbox' && { parameter_overrides: sandboxParameters(data) }),
    },
    sync: { template_file, capabilities: 'CAPABILITY_IAM', ...bucket, s3_prefix: stack },
    list_resources: { template_file },
    list_endpoints: { template_file },
  };
}

/** The parameters of services/payment-sandbox/template.yaml. */
export const sandboxParameters = ({ name, hostedBy }: Pick<Environment, 'name' | 'hostedBy'>) =>
  [
    `Environment=${name}`,
    `MerchantSecretArn=${parameters(name).gatewaySecretArn}`,
    ...(hostedBy === 'local-cloud' ? ['AllowedWebhookHosts=localhost'] : []),
  ].join(' ');

const templateOf = (name: EnvironmentName, stack: DeployedBySam) =>
  stack === 'payment-sandbox'
    ? 'services/payment-sandbox/template.yaml'
    : `cdk.out/${name}/${stackName(name, stack)}.template.json`;

const table = (key: string, parameters: Record<string, Section>) =>
  [`[${key}]`, ...Object.entries(parameters).map(([command, section]) => line(command, section)), ''].join(
    '\n',
  );

function line(command: string, section: Section): string {
  // Strings and booleans of JSON are TOML's too.
  const values = Object.entries(section).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
  return `${command}.parameters = { ${values.join(', ')} }`;
}
