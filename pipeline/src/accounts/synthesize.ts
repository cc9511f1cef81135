import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Environment, EnvironmentError, environment, inputsFrom } from '@shipline/infra';
import { buildApp } from '@shipline/infra/app';
import { context } from '@shipline/infra/flags';
import { root } from '@shipline/tooling/paths';
import { App } from 'aws-cdk-lib';
import { samTypes, type Template, typesOf } from './allow-list.js';
import { EnvironmentAccountStack } from './environment-stack.js';
import type { DeliveredEnvironment } from './names.js';
import { localToolsAccount, region } from './tools.js';
import { ToolsAccountStack } from './tools-stack.js';
import { engineFrom } from './trust.js';

type Variables = Readonly<Record<string, string | undefined>>;

export const deliveredEnvironments = ['dev', 'staging', 'prod'] as const satisfies DeliveredEnvironment[];
export const bootstrapTargets = [...deliveredEnvironments, 'tools'] as const;
export type BootstrapTarget = (typeof bootstrapTargets)[number];

/**
 * The stack of one account, in an app of its own.
 * @throws {EnvironmentError} when the owner of the clone has not supplied what it needs.
 */
export function accountStack(target: BootstrapTarget, variables: Variables, outdir?: string) {
  const app = new App({ analyticsReporting: false, context: context(), ...(outdir && { outdir }) });
  const engine = engineFrom(variables);
  const toolsAccount = toolsAccountFrom(variables);
  if (target === 'tools') {
    const notify = variables['SHIPLINE_ALARM_ADDRESS'];
    const environments = Object.fromEntries(
      deliveredEnvironments.map((name) => [name, accountOf(name, variables)]),
    ) as Record<DeliveredEnvironment, string>;
    const props = { account: toolsAccount, region, environments, engine, ...(notify && { notify }) };
    return new ToolsAccountStack(app, props);
  }
  const data = bootstrapped(target, variables);
  return new EnvironmentAccountStack(app, {
    environment: data,
    toolsAccount,
    engine,
    types: templateTypes(data),
  });
}

/** What the templates of an environment are made of. */
export function templateTypes(data: Environment): string[] {
  const sandbox = samTypes(join(root, 'services/payment-sandbox/template.yaml'));
  return typesOf([...templatesOf(data), ...(data.gateway.kind === 'sandbox' ? [sandbox] : [])]);
}

/** The templates of an environment's stacks; which code their functions run is of no matter here. */
export function templatesOf(data: Environment): Template[] {
  const work = mkdtempSync(join(tmpdir(), 'shipline-types-'));
  try {
    const bundle = join(work, 'bundle');
    mkdirSync(bundle);
    writeFileSync(join(bundle, 'index.mjs'), 'export const handler = () => {};\n');
    const { app } = buildApp(data, { outdir: join(work, 'out'), bundles: () => bundle });
    return app.synth().stacks.map(({ template }) => template as Template);
  } finally {
    rmSync(work, { recursive: true });
  }
}

/**
 * An environment as far as its account is concerned: before the tools account has a profile, prod has none to name.
 */
function bootstrapped(name: DeliveredEnvironment, variables: Variables) {
  const inputs = inputsFrom(variables);
  const account = inputs.accounts[name] ?? '';
  const data = environment(name, {
    ...inputs,
    stripePublishableKey: inputs.stripePublishableKey ?? 'pk_live_later',
    signingProfileArn:
      inputs.signingProfileArn ?? `arn:aws:signer:${region}:${account}:/signing-profiles/shipline_prod/later`,
  });
  return { ...data, name };
}

function accountOf(name: DeliveredEnvironment, variables: Variables): string {
  return bootstrapped(name, variables).account;
}

/** @throws {EnvironmentError} */
export function toolsAccountFrom(variables: Variables): string {
  const local = inputsFrom(variables).onLocalCloud ? localToolsAccount : undefined;
  const account = variables['SHIPLINE_TOOLS_ACCOUNT'] || local;
  if (account && /^\d{12}$/.test(account)) return account;
  throw new EnvironmentError(
    'Set SHIPLINE_TOOLS_ACCOUNT to the 12-digit id of the account that owns the pipeline.',
  );
}
