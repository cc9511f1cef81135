import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parsedTemplate } from '@shipline/tooling/deploy/parsed-template';
import { root, workDirectory } from '@shipline/tooling/paths';
import { sam } from '@shipline/tooling/sam';
import type { ReleasedStack } from './released-stacks.js';
import type { SamSetting } from './sam-setting.js';
import { signPackage } from './sign-package.js';
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
  const templateFile = packagedFile(stack);
  const template = templateWithDigest(await packagedTemplate(setting, stack, templateFile), stack.digest);
  writeFileSync(templateFile, JSON.stringify(template, undefined, 1));
  return { stack, templateFile, template };
}

/** What was packaged a moment ago, when the stack was planned; undefined where that was another machine. */
export function packagedBefore(stack: ReleasedStack): PackagedStack | undefined {
  const templateFile = packagedFile(stack);
  const template = existsSync(templateFile) ? templateIn(templateFile) : undefined;
  return digestIn(template) === stack.digest ? { stack, templateFile, template } : undefined;
}

/** The same once the stack has been planned here. @throws where it has not. */
export function packagedAlready(stack: ReleasedStack): PackagedStack {
  const packaged = packagedBefore(stack);
  if (packaged) return packaged;
  throw new Error(`${stack.stackName} was planned without being packaged.`);
}

/** What the gate `plan` has just packaged on this machine; undefined where it has left the stack alone. */
export function packagedTemplateOf(stackName: string): unknown {
  const file = packagedFile({ stackName });
  return existsSync(file) ? templateIn(file) : undefined;
}

const packagedFile = ({ stackName }: Pick<ReleasedStack, 'stackName'>) =>
  join(workDirectory, 'packaged', `${stackName}.template.json`);

/** `sam package`, and what it does not sign; a template that brings nothing along is what it would make of it. */
async function packagedTemplate(setting: SamSetting, stack: ReleasedStack, into: string): Promise<unknown> {
  mkdirSync(dirname(into), { recursive: true });
  const template = templateIn(stack.templateFile);
  if (template !== undefined && !bringsArtifacts(template)) return template;
  const { signing } = setting;
  const signed = signing ? signingArguments(template as SignableTemplate, signing.profile) : [];
  await sam(setting.venv, [
    ...['package', ...configOf(setting, stack), '--template-file', stack.templateFile],
    ...['--s3-bucket', setting.bucket, '--use-json', '--output-template-file', into],
    ...(signed.length > 0 ? ['--signing-profiles', ...signed] : []),
  ]);
  const packaged = templateIn(into);
  if (!signing) return packaged;
  return withSignedCode(packaged as SignableTemplate, (code) => signPackage(signing, code));
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
    ...['--s3-bucket', setting.bucket, '--no-execute-changeset', '--no-fail-on-empty-changeset'],
    ...(setting.executionRole === undefined ? [] : ['--role-arn', setting.executionRole]),
    ...(stack.parameters === undefined ? [] : ['--parameter-overrides', stack.parameters]),
  ]);
  const changeSet = /arn:[\w-]+:cloudformation:\S+:changeSet\/\S+/.exec(output)?.[0];
  if (changeSet !== undefined || /No changes to deploy/.test(output)) return changeSet;
  throw new Error(`sam deploy told of no change set of ${stack.stackName}:\n${output}`);
}
