import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '@shipline/tooling/paths';
import { releaseBucketName, releaseKeyArn } from '../accounts/names.js';
import { approvedPlanFile, handedOn, manifestFile, planFile, reportsFolder } from '../delivery/handed-on.js';
import type { RoadJob } from './road-job.js';

/** No engine has pnpm: npx fetches exactly the one that package.json names. */
export const pnpm = `npx -y ${(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { packageManager: string }).packageManager}`;

/** What a job runs, the same on every engine. */
export const gateCommand = ({ job, stage }: RoadJob) =>
  [pnpm, 'gate', ...job.gates, ...(stage.environment ? ['--env', stage.environment] : [])].join(' ');

/** Fails when the release is not the one that was packaged. */
export const releaseCheck = `echo "$${handedOn.releaseDigest}  ${manifestFile}" | sha256sum --check --strict`;

/** Puts the approved plan where its gate expects it; fails when it is not the one that was shown. */
export const takePlan = (file: string) =>
  `mkdir -p ${reportsFolder} && mv ${file} ${approvedPlanFile} && echo "$${handedOn.planDigest}  ${approvedPlanFile}" | sha256sum --check --strict`;

/** For engines that know no deployment windows: fails outside, and says when to try again. */
export const windowCheck = ({ name }: RoadJob['stage']) => `${pnpm} run pipeline window ${name}`;

/** The digests that a job hands on: as `NAME=value` lines, in this file or that. */
export const digestsOf = ({ release, plansForApproval }: RoadJob) => [
  ...(release === 'makes' ? [{ name: handedOn.releaseDigest, file: manifestFile }] : []),
  ...(plansForApproval ? [{ name: handedOn.planDigest, file: planFile }] : []),
];

export const digestOf = (file: string) => `$(sha256sum ${file} | cut -d ' ' -f 1)`;

/** Without it nobody has set the road up: an engine does nothing then. */
export const ownersAccount = 'SHIPLINE_TOOLS_ACCOUNT';

/** What the owner of a clone sets once on the engine: infra/src/environments.ts and accounts/tools.ts read it. */
export const ownersVariables = [
  ownersAccount,
  'SHIPLINE_DEV_ACCOUNT',
  'SHIPLINE_STAGING_ACCOUNT',
  'SHIPLINE_PROD_ACCOUNT',
  'SHIPLINE_STRIPE_PUBLISHABLE_KEY',
  'SHIPLINE_SIGNING_PROFILE_ARN',
  'SHIPLINE_ALARM_ADDRESS',
] as const;

/**
 * Where releases are kept and what signs them, as the gates read it.
 * @param tools the tools account's id, or how the engine names the variable that has it.
 */
export const releaseVariables = (tools: string, region: string) => ({
  SHIPLINE_RELEASE_KEY: releaseKeyArn(tools, region),
  SHIPLINE_RELEASES: `s3://${releaseBucketName(tools, region)}`,
});

export const accountOf = ({ environment }: NonNullable<RoadJob['aws']>) =>
  `SHIPLINE_${(environment ?? 'tools').toUpperCase()}_ACCOUNT`;

/** A job that hangs ends some time; the budget itself is a promise that people watch. */
export const timeoutMinutes = ({ stage }: RoadJob) => stage.budgetMinutes * 2;
