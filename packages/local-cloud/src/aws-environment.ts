import { cloudUrls } from './cloud-settings.js';

export interface LocalAws {
  /** The cloud's base port. */
  readonly port: number;
  /** Twelve digits. As the access key id it selects the account: MiniStack keeps accounts apart by it. */
  readonly account: string;
}

const region = 'us-east-1';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The variables that point the AWS SDKs, the CDK and SAM at the local cloud. Laid over another environment
 * they do not undo all of it (a profile, a session token): `localProcessEnvironment` does.
 */
export function localAwsEnvironment({ port, account }: LocalAws) {
  return {
    AWS_ENDPOINT_URL: cloudUrls(port).endpoint,
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    // No profile, no credential process, no single sign-on session of the host.
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
    SAM_CLI_TELEMETRY: '0',
  } as const;
}

/** Variables by which an AWS tool could reach a real account or another endpoint. */
const isOfAws = (name: string) =>
  name.startsWith('AWS_') || name.startsWith('CDK_DEFAULT_') || name === 'BOTO_CONFIG';

/** Local requests never go through the host's proxy. */
function withoutProxyForLocal(env: Environment): Record<string, string> {
  const hosts = [env['NO_PROXY'] ?? env['no_proxy'], '127.0.0.1', 'localhost'].filter(Boolean).join(',');
  return { NO_PROXY: hosts, no_proxy: hosts };
}

/**
 * An environment for a child process (CDK, SAM, tests): everything of `base` but its AWS settings, and the
 * local cloud's instead. No credential of the host is left in it.
 */
export function localProcessEnvironment(
  aws: LocalAws,
  base: Environment = process.env,
): Record<string, string> {
  const kept = Object.entries(base).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !isOfAws(entry[0]),
  );
  return { ...Object.fromEntries(kept), ...withoutProxyForLocal(base), ...localAwsEnvironment(aws) };
}

/** The same for the running process, so that SDK clients made after this call talk to the local cloud. */
export function adoptLocalAws(aws: LocalAws, target: NodeJS.ProcessEnv = process.env): void {
  const wanted = localProcessEnvironment(aws, target);
  for (const name of Object.keys(target)) if (!(name in wanted)) delete target[name];
  Object.assign(target, wanted);
}
