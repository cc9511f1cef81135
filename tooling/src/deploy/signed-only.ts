import { type EnvironmentName, environment, placeholderInputs } from '@shipline/infra';
import { UserError } from '../cli.js';

/** Whatever accounts its owner has: an environment runs signed code only, or any. */
const runsSignedCodeOnly = (name: EnvironmentName) =>
  environment(name, placeholderInputs).signingProfileArn !== undefined;

/**
 * For whatever deploys by the CDK, which signs nothing: Lambda refuses such code there, and so does the local cloud once
 * the environment's profile is made. Asked before anything is built, and before anybody has to sign in.
 * @throws {UserError} where only signed code runs.
 */
export function refuseUnsigned(name: EnvironmentName): void {
  if (runsSignedCodeOnly(name))
    throw new UserError(
      `Environment \`${name}\` runs signed code only, and what is built here is signed by nobody: releases come there by the road to prod. That is \`pnpm run pipeline run\` on this machine, the pipeline of docs/delivery.md on AWS, and \`pnpm gate …\` by hand.`,
    );
}

/** How an environment comes to run what is here, for sentences that end with the way out. */
export const wayInto = (name: EnvironmentName) =>
  runsSignedCodeOnly(name)
    ? 'take a release along the road to it (docs/delivery.md)'
    : `run \`pnpm deploy:${name}\``;
