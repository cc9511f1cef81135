import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '@shipline/tooling/paths';
import { region } from '../accounts/tools.js';
import { delivery } from '../delivery.js';
import { renderBuildspec } from './codepipeline/buildspec.js';
import { renderEnvironments } from './github/environments.js';
import { renderGithubRollBack } from './github/roll-back.js';
import { renderGithub } from './github/workflow.js';
import { renderGitlab } from './gitlab/pipeline.js';

/** What each engine reads, by its path in the repository. CodePipeline's own stack is synthesized where it is deployed. */
export const renderedFiles = (): Readonly<Record<string, string>> => ({
  '.github/workflows/deliver.yml': renderGithub(delivery, region),
  '.github/workflows/roll-back.yml': renderGithubRollBack(delivery, region),
  '.github/environments.json': renderEnvironments(delivery),
  '.gitlab-ci.yml': renderGitlab(delivery, region, trackedFiles()),
  'buildspec.yml': renderBuildspec(),
});

/** Files of the repository; those that are not yet committed count too. */
export const trackedFiles = (): string[] =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
    .trim()
    .split('\n');

export function writeRendered(files = renderedFiles()): void {
  for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text);
}

/** The rendered files that are not what the definition says now. */
export const staleFiles = (files = renderedFiles(), folder = root): string[] =>
  Object.entries(files)
    .filter(([path, text]) => contentOf(join(folder, path)) !== text)
    .map(([path]) => path);

const contentOf = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);
