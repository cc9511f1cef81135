import { environment, inputsFrom, placeholderInputs } from '@shipline/infra';
import type { DeliveredEnvironment } from '../../accounts/names.js';
import { localToolsAccount, type Tools, toolsFrom } from '../../accounts/tools.js';
import { ownersVariables, releaseVariables } from '../commands.js';

/** What the pipeline's stack must know beside the road itself. */
export interface PipelineSettings {
  readonly tools: Tools;
  readonly accounts: Readonly<Record<DeliveredEnvironment, string>>;
  /** What every job is told of the owner's choices: infra/src/environments.ts reads it. */
  readonly variables: Readonly<Record<string, string>>;
}

type Variables = Readonly<Record<string, string | undefined>>;
const delivered = ['dev', 'staging', 'prod'] as const satisfies DeliveredEnvironment[];

/** @throws {EnvironmentError} when the owner of the clone has not supplied what it needs. */
export function settingsFrom(variables: Variables): PipelineSettings {
  const tools = toolsFrom(variables);
  const inputs = inputsFrom(variables);
  const accounts = delivered.map((name) => [name, environment(name, inputs).account]);
  const known = ownersVariables.flatMap((name) => (variables[name] ? [[name, variables[name]]] : []));
  return {
    tools,
    accounts: Object.fromEntries(accounts),
    variables: { ...Object.fromEntries(known), ...releaseVariables(tools.account, tools.region) },
  };
}

/** To check the template with, where nothing will be deployed. */
export const placeholderSettings = (source = 'github:example/shipline'): PipelineSettings =>
  settingsFrom({
    SHIPLINE_TOOLS_ACCOUNT: localToolsAccount,
    SHIPLINE_SOURCE: source,
    SHIPLINE_DEV_ACCOUNT: placeholderInputs.accounts.dev,
    SHIPLINE_STAGING_ACCOUNT: placeholderInputs.accounts.staging,
    SHIPLINE_PROD_ACCOUNT: placeholderInputs.accounts.prod,
    SHIPLINE_STRIPE_PUBLISHABLE_KEY: placeholderInputs.stripePublishableKey,
    SHIPLINE_SIGNING_PROFILE_ARN: placeholderInputs.signingProfileArn,
    SHIPLINE_ALARM_ADDRESS: placeholderInputs.alarmAddress,
  });
