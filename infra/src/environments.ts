import {
  type Environment,
  type EnvironmentName,
  environmentNames,
  type Gateway,
  type ReleaseRules,
  type Throttle,
} from './environment.js';
import { boundaryName } from './names.js';

/** What the owner of a clone supplies; everything else is in this file. */
export interface EnvironmentInputs {
  /** Account ids. Locally every environment is an account of the local cloud. */
  readonly accounts: Partial<Record<EnvironmentName, string>>;
  /** First port of the local cloud: AWS itself; behind it, two for each environment: its shop and its sandbox. */
  readonly cloudPort: number;
  /** Every environment is an account of the local cloud, not only `local`: how the laptop rehearses a release. */
  readonly onLocalCloud?: boolean;
  /** `pk_live_…` of the Stripe account, which the browser sees. */
  readonly stripePublishableKey?: string;
  /** ARN of a version of prod's signing profile: `pnpm bootstrap tools` makes it. */
  readonly signingProfileArn?: string;
  /** Who is mailed when an alarm rings in an environment on AWS. */
  readonly alarmAddress?: string;
}

/** An input that the environment needs is absent; the message says how to supply it. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/** Accounts of the local cloud, and placeholders where nothing will be deployed. */
const localAccounts: Readonly<Record<EnvironmentName, string>> = {
  local: '100000000001',
  dev: '100000000002',
  staging: '100000000003',
  prod: '100000000004',
};
const DEFAULT_CLOUD_PORT = 4566;

const throttle = (rate: number, burst = rate * 2): Throttle => ({ rate, burst });

/** Ports of an environment's doors in the local cloud, derived from its first port. */
export function localDoorPorts(cloudPort: number, name: EnvironmentName) {
  const shop = cloudPort + 1 + 2 * environmentNames.indexOf(name);
  return { shop, sandbox: shop + 1 } as const;
}

type Values = Omit<Environment, 'name' | 'account' | 'region'>;

const common = {
  senderAddress: 'receipts@shipline.example',
  functions: {
    architecture: 'arm64',
    memoryMb: 256,
    reservedConcurrency: {},
    provisionedConcurrency: {},
  },
} as const satisfies Partial<Values>;

const objectives = { availability: 99.9, promptness: 99, leastFailures: 3 } as const;

/** What a new version must not do, wherever it is released. */
const release = {
  errors: 1,
  apiLatencyMs: 1_000,
  checks: 'all',
  checkSku: 'MUG-CANARY',
} as const satisfies Partial<ReleaseRules>;

const small = {
  objectives,
  protectsState: false,
  dashboards: ['technical', 'business'],
  logs: { retentionDays: 7, checkout: 'ALL' },
  alarms: { faults: 1, backlogSeconds: 300, windowMinutes: 5 },
  signUpConfirmation: 'automatic',
  throttling: { read: throttle(200), write: throttle(100), order: throttle(50), webhook: throttle(100) },
} as const satisfies Partial<Values>;

const large = {
  objectives,
  protectsState: true,
  dashboards: ['technical', 'business'],
  signUpConfirmation: 'automatic',
  throttling: { read: throttle(1000), write: throttle(500), order: throttle(200), webhook: throttle(500) },
  functions: {
    ...common.functions,
    memoryMb: 512,
    // Two runs of one schedule would do the same work twice.
    reservedConcurrency: { 'orders/sweep': 1, 'inventory/expire-reservations': 1 },
  },
} as const satisfies Partial<Values>;

/** Everything that differs between the environments, side by side. */
const valuesOf: Record<EnvironmentName, (inputs: EnvironmentInputs) => Values> = {
  local: (inputs) => ({
    ...common,
    ...small,
    ...hosted('local', inputs),
    gateway: sandbox('local', inputs),
    // Seconds: the local cloud's clock makes a minute of a release last two (SHIPLINE_MINUTE_SECONDS).
    release: { ...release, shift: { kind: 'canary', minutes: 5 } },
  }),
  dev: (inputs) => ({
    ...common,
    ...small,
    release: { ...release, shift: { kind: 'all-at-once' } },
    dashboards: ['business'],
    eventArchiveDays: 7,
    ...hosted('dev', inputs),
    gateway: sandbox('dev', inputs),
  }),
  staging: (inputs) => ({
    ...common,
    ...large,
    release: { ...release, shift: { kind: 'linear', everyMinutes: 1 } },
    dashboards: ['technical'],
    eventArchiveDays: 7,
    logs: { retentionDays: 30, checkout: 'ALL' },
    alarms: { faults: 1, backlogSeconds: 300, windowMinutes: 5 },
    ...hosted('staging', inputs),
    gateway: sandbox('staging', inputs),
  }),
  prod: (inputs) => ({
    ...common,
    ...large,
    objectives: { ...objectives, leastFailures: 10 },
    release: { ...release, errors: 3, checks: 'read-only', shift: { kind: 'canary', minutes: 10 } },
    eventArchiveDays: 30,
    logs: { retentionDays: 90, checkout: 'ERROR' },
    alarms: { faults: 3, backlogSeconds: 120, windowMinutes: 5 },
    // What a customer waits for, from the button to the confirmation.
    functions: {
      ...large.functions,
      provisionedConcurrency: {
        'orders/api': 2,
        'catalog/quote': 1,
        'inventory/reserve': 1,
        'payments/authorise': 1,
        'inventory/commit-stock': 1,
        'payments/capture': 1,
      },
    },
    signUpConfirmation: 'by-code',
    ...hosted('prod', inputs),
    gateway: stripe(inputs),
    signingProfileArn: signingProfile(inputs),
  }),
};

/** Where an environment lives, and at which addresses: the local cloud's are plain ones of this machine. */
function hosted(name: EnvironmentName, { cloudPort, onLocalCloud = false }: EnvironmentInputs) {
  if (name !== 'local' && !onLocalCloud) return { hostedBy: 'aws' } as const;
  return {
    hostedBy: 'local-cloud',
    shopUrl: `http://localhost:${localDoorPorts(cloudPort, name).shop}`,
    cognitoEndpoint: `http://127.0.0.1:${cloudPort}`,
  } as const;
}

/** The sandbox of an environment on AWS is found through Parameter Store. */
function sandbox(name: EnvironmentName, inputs: EnvironmentInputs): Gateway {
  const publishableKey = `pk_test_${name}`;
  if (hosted(name, inputs).hostedBy === 'aws') return { kind: 'sandbox', publishableKey };
  const url = `http://127.0.0.1:${localDoorPorts(inputs.cloudPort, name).sandbox}`;
  return { kind: 'sandbox', url, publishableKey };
}

/** A laptop that plays prod has no account at Stripe: nobody can pay there, as before a first key on AWS. */
const stripe = ({ stripePublishableKey, onLocalCloud = false }: EnvironmentInputs): Gateway => ({
  kind: 'stripe',
  publishableKey: required(
    stripePublishableKey ?? (onLocalCloud ? 'pk_live_nobody' : undefined),
    stripeKeySentence,
  ),
});

const stripeKeySentence =
  'prod takes cards through Stripe: set SHIPLINE_STRIPE_PUBLISHABLE_KEY to the pk_live_… key of your account.';

/** The laptop's prod names a profile too, so that its templates are prod's; of this version nothing is refused there. */
const signingProfile = ({ signingProfileArn, onLocalCloud = false }: EnvironmentInputs): string =>
  required(signingProfileArn ?? (onLocalCloud ? localSigningProfile : undefined), signingSentence);

const localSigningProfile = `arn:aws:signer:us-east-1:${localAccounts.prod}:/signing-profiles/shipline_prod/local00000`;

const signingSentence =
  'prod runs signed code only: set SHIPLINE_SIGNING_PROFILE_ARN to the ARN of the version of its signing profile.';

/**
 * One environment with all its values.
 * @throws {EnvironmentError} when the owner of the clone has not supplied what it needs, or the values do harm.
 */
export function environment(
  name: EnvironmentName,
  inputs: EnvironmentInputs,
  values: (inputs: EnvironmentInputs) => Values = valuesOf[name],
): Environment {
  const account = required(
    inputs.accounts[name],
    `No account is known for ${name}: set ${accountVariable(name)} to its 12-digit id.`,
  );
  if (!/^\d{12}$/.test(account))
    throw new EnvironmentError(`${accountVariable(name)} must be a 12-digit account id.`);
  const { alarmAddress } = inputs;
  const own = harmless(values(inputs));
  return {
    name,
    account,
    region: 'us-east-1',
    ...own,
    // The laptop's alarms wake nobody.
    ...(own.hostedBy === 'aws' && alarmAddress !== undefined && { alarmAddress }),
    // Nobody bootstraps the laptop's own account: it is there for a minute.
    ...(name !== 'local' && { permissionsBoundary: boundaryName(name) }),
  };
}

/**
 * Release checks that write pay with the gateway's test card: where cards are real, only those run that leave no trace.
 * @throws {EnvironmentError}
 */
function harmless(values: Values): Values {
  if (values.gateway.kind === 'stripe' && values.release.checks !== 'read-only')
    throw new EnvironmentError(
      'Where cards are real, release checks only read: set release.checks to read-only.',
    );
  return values;
}

export const accountVariable = (name: EnvironmentName) => `SHIPLINE_${name.toUpperCase()}_ACCOUNT`;

/**
 * Reads the inputs from a process environment: `SHIPLINE_<ENV>_ACCOUNT`, `SHIPLINE_CLOUD_PORT`,
 * `SHIPLINE_STRIPE_PUBLISHABLE_KEY`, `SHIPLINE_SIGNING_PROFILE_ARN`, `SHIPLINE_ALARM_ADDRESS`, and `SHIPLINE_ACCOUNTS`,
 * which with the value `local` makes every environment an account of the local cloud.
 */
export function inputsFrom(variables: Readonly<Record<string, string | undefined>>): EnvironmentInputs {
  const onLocalCloud = variables['SHIPLINE_ACCOUNTS'] === 'local';
  const known = environmentNames.flatMap((name) => {
    const local = onLocalCloud || name === 'local' ? localAccounts[name] : undefined;
    const id = variables[accountVariable(name)] ?? local;
    return id ? [[name, id] as const] : [];
  });
  const stripePublishableKey = variables['SHIPLINE_STRIPE_PUBLISHABLE_KEY'];
  const signingProfileArn = profileFrom(variables['SHIPLINE_SIGNING_PROFILE_ARN']);
  const alarmAddress = variables['SHIPLINE_ALARM_ADDRESS'];
  return {
    accounts: Object.fromEntries(known),
    cloudPort: portFrom(variables['SHIPLINE_CLOUD_PORT']),
    ...(onLocalCloud && { onLocalCloud }),
    ...(stripePublishableKey && { stripePublishableKey }),
    ...(signingProfileArn && { signingProfileArn }),
    ...(alarmAddress && { alarmAddress }),
  };
}

function profileFrom(arn: string | undefined): string | undefined {
  if (!arn || /^arn:aws:signer:[\w-]+:\d{12}:\/signing-profiles\/\w+\/\w+$/.test(arn)) return arn;
  throw new EnvironmentError(
    `SHIPLINE_SIGNING_PROFILE_ARN must be the ARN of a signing profile’s version (…/signing-profiles/<name>/<version>), not '${arn}'.`,
  );
}

function portFrom(text: string | undefined): number {
  const port = Number(text || DEFAULT_CLOUD_PORT);
  // The ports after it are the doors of the environments.
  if (Number.isInteger(port) && port > 0 && port <= 65_500) return port;
  throw new EnvironmentError(`SHIPLINE_CLOUD_PORT must be a port of at most 65500, not '${text}'.`);
}

/** Inputs to synthesize and check every template with, where nothing will be deployed. */
export const placeholderInputs: EnvironmentInputs = {
  accounts: localAccounts,
  cloudPort: DEFAULT_CLOUD_PORT,
  stripePublishableKey: 'pk_live_placeholder',
  alarmAddress: 'on-call@shipline.example',
  signingProfileArn: localSigningProfile,
};

function required<T>(value: T | undefined, sentence: string): T {
  if (value === undefined) throw new EnvironmentError(sentence);
  return value;
}
