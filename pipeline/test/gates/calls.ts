import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from '@shipline/tooling/paths';
import { build, type Plugin } from 'esbuild';

/** One thing that a module asks of AWS: `s3`, `GetObject`. */
export interface Call {
  /** From the repository's root. */
  readonly module: string;
  readonly service: string;
  readonly operation: string;
}

/** Packages stay outside: what the modules of the repository take from the SDK is what counts. */
const packagesOutside: Plugin = {
  name: 'packages-outside',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || path.startsWith('@shipline/')
        ? undefined
        : { path, external: true, sideEffects: false },
    ),
};

/**
 * What these modules, and all that they use of others, can ask of AWS. They are bundled, so that what nobody uses falls
 * away, and what is left names the commands of the SDK that it imports.
 * @param files From the repository's root.
 * @param contents More to bundle, as a module in the repository's root.
 */
export async function callsOf(files: readonly string[], contents = ''): Promise<Call[]> {
  const entry = files.flatMap((file) => [`import './${file}';`, `export * from './${file}';`]);
  const { outputFiles } = await build({
    stdin: {
      contents: [...entry, contents].join('\n'),
      resolveDir: root,
      sourcefile: 'entry.ts',
      loader: 'ts',
    },
    absWorkingDir: root,
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    plugins: [packagesOutside],
  });
  return [...modulesOf(outputFiles[0]?.text ?? '')].flatMap(([module, text]) => [
    ...importsOf(text).flatMap(([from, names]) => names.flatMap((name) => callsBy(module, from, name))),
    ...(/\bsam\(/.test(text) && module === 'pipeline/src/deploy/sam-stack.ts' ? samCalls(module) : []),
  ]);
}

/** A bundle names each module before what is left of it: its imports first, what they import, and then the rest. */
function modulesOf(bundle: string): Map<string, string> {
  const [, ...parts] = bundle.split(/^\/\/ (\S+\.ts)$/m);
  const modules = new Map<string, string>();
  for (let at = 0; at < parts.length; at += 2) {
    const module = relative(root, join(root, parts[at] ?? ''));
    modules.set(module, `${modules.get(module) ?? ''}${parts[at + 1]}`);
  }
  return modules;
}

const sdkImport = /^import \{([^}]*)\} from "@aws-sdk\/([\w-]+)";$/gm;

/** What is left of a module still imports what it no longer uses. */
function importsOf(text: string): (readonly [from: string, names: readonly string[]])[] {
  const rest = text.replaceAll(sdkImport, '');
  return [...text.matchAll(sdkImport)].map(([, list = '', from = '']) => {
    const imported = list.split(',').map((one) => one.trim().split(' as '));
    const used = imported.filter(([name = '', known = name]) => new RegExp(`\\b${known}\\b`).test(rest));
    return [from, used.map(([name = '']) => name)] as const;
  });
}

function callsBy(module: string, from: string, name: string): Call[] {
  const [, operation] = /^(?:paginate(\w+)|(\w+)Command)$/.exec(name)?.filter(Boolean) ?? [];
  const waited = waiters[name];
  if (operation ?? waited)
    return [{ module, service: serviceOf(from), operation: operation ?? String(waited) }];
  if (!/^[a-z]/.test(name) && !isWholeClient(from, name)) return [];
  throw new Error(`${module} takes ${name} from ${from}, and nobody has said what it asks of AWS.`);
}

/** `new S3().getObject(…)` names no command. */
const isWholeClient = (from: string, name: string) =>
  [from.replace(/^client-/, '').replaceAll('-', ''), 'dynamodbdocument'].includes(name.toLowerCase());

const waiters: Readonly<Record<string, string>> = {
  waitUntilStackDeleteComplete: 'DescribeStacks',
  waitUntilSuccessfulSigningJob: 'DescribeSigningJob',
};

const serviceOf = (from: string) => services[from] ?? from.replace(/^client-/, '');

/** Where IAM calls a service otherwise than the SDK does. */
const services: Readonly<Record<string, string>> = {
  'client-cloudwatch-logs': 'logs',
  'client-cognito-identity-provider': 'cognito-idp',
  'client-secrets-manager': 'secretsmanager',
  'client-sfn': 'states',
  'lib-dynamodb': 'dynamodb',
};

/** What SAM's own sources call for `sam package`, with and without signing, and for `sam deploy` as far as a change set. */
const samCalls = (module: string): Call[] =>
  [
    's3 HeadObject',
    's3 PutObject',
    's3 GetObject',
    's3 GetObjectTagging',
    'cloudformation DescribeStacks',
    'cloudformation GetTemplateSummary',
    'cloudformation CreateChangeSet',
    'cloudformation DescribeChangeSet',
    'iam PassRole',
  ].map((text) => {
    const [service = '', operation = ''] = text.split(' ');
    return { module, service, operation };
  });

/** Where a gate begins. @throws {Error} where nobody knows. */
export function entryOf(
  gate: string,
  suites: Readonly<Record<string, readonly string[]>>,
): readonly string[] {
  const own = `pipeline/src/gates/${gate}.ts`;
  const entry = suites[gate] ?? (existsSync(join(root, own)) ? [own] : undefined);
  if (entry) return entry;
  throw new Error(
    `Nobody has said which modules the gate ${gate} consists of: pipeline/test/gates/suites.ts.`,
  );
}
