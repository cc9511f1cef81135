import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type EnvironmentName, environmentNames, stackName } from '@shipline/infra';
import { build } from '../deploy/build.js';
import { synthesize } from '../deploy/synth.js';
import { cdkOut, root } from '../paths.js';
import { mustRun, run, tool } from '../process.js';
import { samEnvironment, samVenv } from '../sam.js';
import { add, type Check, type CheckContext, nothing, type Tally } from './check.js';

const sandboxTemplate = join(root, 'services/payment-sandbox/template.yaml');
type Names = readonly [EnvironmentName, ...EnvironmentName[]];

/** The environments whose templates differ most; `pnpm test:all` lints those of every one. */
const extremes: Names = ['local', 'prod'];

/** cfn-lint over the templates of some environments, and `sam validate --lint` as the release path runs it. */
const templatesOfSome = (chosen: (context: CheckContext) => Names): Check => ({
  name: 'templates',
  title: 'Templates: cfn-lint, sam validate --lint',
  async run(context) {
    const { bin } = await samVenv(context.show);
    const names = chosen(context);
    const linted = await lintAll(join(bin, 'cfn-lint'), await everyTemplate(names), context);
    // One of each kind: SAM's own, and one of the CDK's; cfn-lint has seen the others.
    const [name] = names;
    const catalog = join(cdkOut(name), `${stackName(name, 'catalog')}.template.json`);
    const released = context.all ? templatesOf(cdkOut(name)) : [catalog];
    return add(linted, await validateAll(join(bin, 'sam'), [sandboxTemplate, ...released], context));
  },
});

export const templates = templatesOfSome(({ all }) => (all ? environmentNames : extremes));

/** Those that a release brings to accounts: what the road asks. */
export const releasedTemplates = templatesOfSome(() => ['dev', 'staging', 'prod']);

/** What goes to accounts: the shop of some environments, SAM's own stack, the pipeline's, and what `pnpm bootstrap` makes. */
export async function everyTemplate(names: Names): Promise<string[]> {
  // A fresh clone has no bundles, and the stacks name theirs by digest.
  await build();
  await synthesize(names, { placeholders: true });
  releasing ??= Promise.all([synthesizePipeline(), ...accounts.map(synthesizeAccount)]);
  await releasing;
  return [...assembliesOf(names).flatMap(templatesOf), sandboxTemplate];
}

/** Where the CDK has written them. */
export const assembliesOf = (names: readonly EnvironmentName[]): string[] =>
  [...names, 'tools', ...accounts.map((name) => `bootstrap-${name}`)].map(cdkOut);

/** The stack of the tools account: it is the pipeline's own, in an app of its own. */
const synthesizePipeline = () =>
  mustRun('pnpm run pipeline deploy --placeholders', tool('tsx'), [
    join(root, 'pipeline/commands/pipeline.ts'),
    ...['deploy', '--placeholders'],
  ]);

/** Staging's bootstrap is dev's. */
const accounts = ['dev', 'prod', 'tools'] as const;

/** What an account has before anything is released into it. */
const synthesizeAccount = (account: string) =>
  mustRun(`pnpm bootstrap ${account} --placeholders`, tool('tsx'), [
    join(root, 'pipeline/commands/bootstrap.ts'),
    ...[account, '--placeholders'],
  ]);

/** The sources do not change while checks run: these stacks are made once for all of them. */
let releasing: Promise<unknown> | undefined;

const templatesOf = (directory: string) =>
  readdirSync(directory)
    .filter((file) => file.endsWith('.template.json'))
    .map((file) => join(directory, file));

/** In two halves, side by side: cfn-lint keeps to one processor. */
async function lintAll(cfnLint: string, files: readonly string[], context: CheckContext): Promise<Tally> {
  const halves = [0, 1].map((half) => files.filter((_, index) => index % 2 === half));
  const tallies = await Promise.all(halves.map((half) => lintSome(cfnLint, half, context)));
  return tallies.reduce(add, nothing);
}

async function lintSome(
  cfnLint: string,
  files: readonly string[],
  { env, show }: CheckContext,
): Promise<Tally> {
  const { code, output } = await run(cfnLint, ['--format', 'parseable', '--', ...files], { env });
  if (code === 0) return { passed: files.length, failed: 0 };
  show(output);
  const failing = files.filter((file) => output.includes(file)).length || 1;
  return { passed: files.length - failing, failed: failing };
}

async function validateAll(
  sam: string,
  files: readonly string[],
  { env, show }: CheckContext,
): Promise<Tally> {
  let tally = nothing;
  for (const file of files) {
    const { code, output } = await run(sam, ['validate', '--lint', '--template-file', file], {
      env: samEnvironment(env),
    });
    if (code !== 0) show(`${file}\n${output}`);
    tally = add(tally, code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
  }
  return tally;
}
