import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parsedTemplate } from '@shipline/tooling/deploy/parsed-template';
import { root, workDirectory } from '@shipline/tooling/paths';
import { sam } from '@shipline/tooling/sam';
import { asDeployed, s3Prefix } from './artifact-prefix.js';
import { codeOf } from './released-code.js';
import type { ReleasedStack } from './released-stacks.js';
import type { SamSetting } from './sam-setting.js';
import { signedPlace, signPackage } from './sign-package.js';
import { type SignableTemplate, signingArguments, withSignedCode } from './signing.js';
import { digestIn, templateWithDigest } from './template-digest.js';

/** A template whose artifacts are in the account's bucket. */
export interface PackagedStack {
  readonly stack: ReleasedStack;
  readonly templateFile: string;
  readonly template: unknown;
}

/** SAM looks for its settings beside the template that it is given. */
const configOf = ({ environment }: SamSetting, { id }: ReleasedStack) => [
  ...['--config-file', join(root, 'samconfig.toml')],
  ...['--config-env', `${environment}-${id}`],
];

/** The stack's artifacts go into the account's bucket, and its template names them there. */
export async function packageStack(setting: SamSetting, stack: ReleasedStack): Promise<PackagedStack> {
  const templateFile = packagedFile(setting, stack);
  const template = templateWithDigest(await packagedTemplate(setting, stack, templateFile), stack.digest);
  writeFileSync(templateFile, JSON.stringify(template, undefined, 1));
  return { stack, templateFile, template };
}

/** What was packaged a moment ago, when the stack was planned; undefined where that was another machine. */
export function packagedBefore(setting: SamSetting, stack: ReleasedStack): PackagedStack | undefined {
  const templateFile = packagedFile(setting, stack);
  const template = existsSync(templateFile) ? templateIn(templateFile) : undefined;
  return digestIn(template) === stack.digest ? { stack, templateFile, template } : undefined;
}

/** The same once the stack has been planned here. @throws where it has not. */
export function packagedAlready(setting: SamSetting, stack: ReleasedStack): PackagedStack {
  const packaged = packagedBefore(setting, stack);
  if (packaged) return packaged;
  throw new Error(`${stack.stackName} was planned without being packaged.`);
}

/**
 * What the gate `plan` of a job that deploys has just packaged on this machine; undefined where it has left the stack
 * alone.
 */
export function packagedTemplateOf(stackName: string): unknown {
  const file = packagedFile({ prefix: 'deploy' }, { stackName });
  return existsSync(file) ? templateIn(file) : undefined;
}

/** What a plan has packaged is no deployment's: its code is where the deployment has yet to put it. */
const packagedFile = (
  { prefix }: Pick<SamSetting, 'prefix'>,
  { stackName }: Pick<ReleasedStack, 'stackName'>,
) => join(workDirectory, 'packaged', prefix, `${stackName}.template.json`);

const placeOf = ({ bucket, prefix }: SamSetting, { id }: ReleasedStack) => [
  ...['--s3-bucket', bucket],
  ...['--s3-prefix', s3Prefix(prefix, id)],
];

/**
 * `sam package`, and what it does not sign; a template that brings nothing along is what it would make of it. Only who
 * deploys signs; a plan names the places of what will be signed.
 */
async function packagedTemplate(setting: SamSetting, stack: ReleasedStack, into: string): Promise<unknown> {
  mkdirSync(dirname(into), { recursive: true });
  const template = templateIn(stack.templateFile);
  if (template !== undefined && !bringsArtifacts(template)) return template;
  const { signing, prefix } = setting;
  const signs = prefix === 'deploy' ? signing : undefined;
  const signed = signs ? signingArguments(template as SignableTemplate, signs.profile) : [];
  await sam(setting.venv, [
    ...['package', ...configOf(setting, stack), '--template-file', stack.templateFile],
    ...placeOf(setting, stack),
    ...['--use-json', '--output-template-file', into],
    ...(signed.length > 0 ? ['--signing-profiles', ...signed] : []),
  ]);
  const packaged = asDeployed(templateIn(into), stack.id);
  if (!signing) return packaged;
  return withSignedCode(packaged as SignableTemplate, async (id, { S3Bucket }) => {
    const code = codeOf(stack, template, id);
    return signs ? signPackage(signs, S3Bucket, code) : signedPlace(S3Bucket, code, signing.profile);
  });
}

const templateIn = (file: string) => parsedTemplate(readFileSync(file, 'utf8'));

const bringsArtifacts = (template: unknown) => /"[./]*assets\/\w+\.zip"/.test(JSON.stringify(template));

/**
 * `sam deploy` as far as the change set.
 * @returns its ARN, or undefined when it would be empty.
 */
export async function makeChangeSet(
  setting: SamSetting,
  { stack, templateFile }: PackagedStack,
): Promise<string | undefined> {
  const output = await sam(setting.venv, [
    ...['deploy', ...configOf(setting, stack), '--template-file', templateFile],
    ...placeOf(setting, stack),
    ...['--no-execute-changeset', '--no-fail-on-empty-changeset'],
    ...(setting.executionRole === undefined ? [] : ['--role-arn', setting.executionRole]),
    ...(stack.parameters === undefined ? [] : ['--parameter-overrides', stack.parameters]),
  ]);
  const changeSet = /arn:[\w-]+:cloudformation:\S+:changeSet\/\S+/.exec(output)?.[0];
  if (changeSet !== undefined || /No changes to deploy/.test(output)) return changeSet;
  throw new Error(`sam deploy told of no change set of ${stack.stackName}:\n${output}`);
}
