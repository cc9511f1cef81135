import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { CloudPlace } from './cloud-settings.js';
import { extensionDirectory, pinnedNodeDirectory } from './paths.js';
import { stateLayout } from './state-directory.js';

const systemPath = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** Most worker processes for calls from outside; nested calls have their own (extension/README.md). */
const defaultMaxWorkers = '16';
/** How long an idle worker stays. MiniStack's own default is 300. */
const defaultWarmSeconds = '60';
/** A minute of a release or of an alarm: a canary on the laptop is one that somebody can watch (ADR 17). */
const shortMinuteSeconds = '2';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The whole environment of the server. The functions' processes inherit it, so nothing of the host's comes
 * in: no AWS profile, no proxy, no NODE_OPTIONS. Only the limits, the deployments' clock and the share of traced
 * requests can be set from outside.
 */
export function serverEnvironment(
  { port, stateDir }: CloudPlace,
  {
    env,
    extension = extensionDirectory,
  }: { readonly env: Environment; readonly extension?: string | undefined },
): Record<string, string> {
  const layout = stateLayout(stateDir);
  return {
    PATH: [pinnedNodeDirectory(), ...systemPath].join(delimiter),
    PYTHONPATH: extension,
    HOME: layout.home,
    TMPDIR: layout.temporary,
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
    IOT_MTLS_ENABLED: '0',
    PERSIST_STATE: '1',
    STATE_DIR: layout.services,
    S3_PERSIST: '1',
    S3_DATA_DIR: layout.objects,
    SHIPLINE_FRONT_DOORS_FILE: layout.frontDoors,
    SHIPLINE_MAX_WORKERS: env['SHIPLINE_MAX_WORKERS'] || defaultMaxWorkers,
    SHIPLINE_MINUTE_SECONDS: env['SHIPLINE_MINUTE_SECONDS'] || shortMinuteSeconds,
    // Empty: X-Ray's default rule.
    SHIPLINE_TRACE_RATE: env['SHIPLINE_TRACE_RATE'] ?? '',
    LAMBDA_WARM_TTL_SECONDS: env['LAMBDA_WARM_TTL_SECONDS'] || defaultWarmSeconds,
  };
}

/** Makes the folders that the server expects. What an ended server left in its temporary folder goes. */
export function prepareFolders(stateDir: string): void {
  const { services, objects, home, temporary } = stateLayout(stateDir);
  rmSync(temporary, { recursive: true, force: true });
  for (const folder of [services, objects, home, temporary]) mkdirSync(folder, { recursive: true });
  // Function code is unpacked here. On Lambda a .js file is CommonJS unless its own package says otherwise; below
  // this repository Node would find our package.json, which says ESM.
  writeFileSync(join(temporary, 'package.json'), '{ "type": "commonjs" }\n');
}
