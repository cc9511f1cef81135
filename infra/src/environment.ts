/** The shape of what differs between environments; the values are in environments.ts. */

export const environmentNames = ['local', 'dev', 'staging', 'prod'] as const;
export type EnvironmentName = (typeof environmentNames)[number];

export interface Throttle {
  /** Requests per second that a route admits in the long run. */
  readonly rate: number;
  /** Requests that it admits at once. */
  readonly burst: number;
}

/** Which routes share a limit: reads, changes of a cart, placing an order, the gateway's calls. */
export type ThrottleClass = 'read' | 'write' | 'order' | 'webhook';

export interface AlarmThresholds {
  /** Failed invocations of one function within `windowMinutes` that people are told of. */
  readonly faults: number;
  readonly windowMinutes: number;
  /** How long a queue's oldest message, or a stream's oldest record, may wait. */
  readonly backlogSeconds: number;
}

/** What customers may expect of a checkout, and when people are told that it is in danger (docs/slo.md). */
export interface CheckoutObjectives {
  /** Per cent of the orders API's requests that are answered without a fault of ours. */
  readonly availability: number;
  /** Per cent of the checkouts that are decided within 30 seconds. */
  readonly promptness: number;
  /** Fewer failures than this within a window say nothing: of ten requests one is 10 %. */
  readonly leastFailures: number;
}

/**
 * How a new version of what answers people takes the traffic over, by CodeDeploy's predefined configurations for
 * Lambda: a tenth first and the rest after a while, or a tenth more at a time.
 */
export type Shift =
  | { readonly kind: 'all-at-once' }
  | { readonly kind: 'canary'; readonly minutes: 5 | 10 | 15 | 30 }
  | { readonly kind: 'linear'; readonly everyMinutes: 1 | 2 | 3 | 10 };

/** How a release of functions goes. */
export interface ReleaseRules {
  readonly shift: Shift;
  /** Failed invocations of the new version within a minute that take it back. */
  readonly errors: number;
  /** Slowest per cent of the new version's answers to people, in milliseconds, that takes it back. */
  readonly apiLatencyMs: number;
  /** `read-only`: what the release checks ask of a new version leaves no trace. */
  readonly checks: 'all' | 'read-only';
  /** A product that the shop always has, for the checks. */
  readonly checkSku: string;
}

/**
 * The card company. A sandbox without `url` is found through Parameter Store, where its own stack writes it.
 * Everything here is public: the secret key is in Secrets Manager.
 */
export type Gateway =
  | { readonly kind: 'stripe'; readonly publishableKey: string }
  | { readonly kind: 'sandbox'; readonly url?: string; readonly publishableKey: string };

/** One environment of the shop. */
export interface Environment {
  readonly name: EnvironmentName;
  /** Whose accounts it lives in. Read by what deploys it; no service and no template asks. */
  readonly hostedBy: 'aws' | 'local-cloud';
  /** The 12-digit account that it lives in. */
  readonly account: string;
  readonly region: string;
  /** True where losing data is losing business: no deletion of tables and pools, stacks are protected. */
  readonly protectsState: boolean;
  /** Days that events can be replayed from the bus's archive; absent = no archive. */
  readonly eventArchiveDays?: number;
  readonly logs: {
    readonly retentionDays: 7 | 30 | 90;
    /** What Step Functions writes of an execution: `ALL` is for finding errors, `ERROR` for the bill. */
    readonly checkout: 'ALL' | 'ERROR';
  };
  readonly alarms: AlarmThresholds;
  readonly objectives: CheckoutObjectives;
  /** Each costs 3 $ a month on AWS beyond an account's first three (docs/observability.md: which there are). */
  readonly dashboards: readonly ('technical' | 'business')[];
  readonly release: ReleaseRules;
  /** Alarms are mailed here; absent = the topic has only the subscribers that it is given by hand. */
  readonly alarmAddress?: string;
  /** Name of the managed policy that every role of its stacks is bounded by; `pnpm bootstrap` makes it. */
  readonly permissionsBoundary?: string;
  /** `automatic`: an account works at once; `by-code`: Cognito mails a code first. */
  readonly signUpConfirmation: 'automatic' | 'by-code';
  readonly gateway: Gateway;
  /** The shop's address where it is not the distribution's own; its origin, without a slash at the end. */
  readonly shopUrl?: string;
  /** Where the browser reaches Cognito, when that is not AWS's address of the region. */
  readonly cognitoEndpoint?: string;
  /** Receipts come from here; on AWS the address or its domain must be a verified SES identity. */
  readonly senderAddress: string;
  readonly throttling: Readonly<Record<ThrottleClass, Throttle>>;
  /** ARN of a version of the Signer profile whose signature every function's code must bear; absent = any code. */
  readonly signingProfileArn?: string;
  readonly functions: {
    readonly architecture: 'arm64' | 'x86_64';
    readonly memoryMb: number;
    /** `<service>/<function>` -> the most that may run at a time. New accounts have nothing to reserve from. */
    readonly reservedConcurrency: Readonly<Record<string, number>>;
    /**
     * `<service>/<function>` -> environments of it that are kept warm behind `live`, around the clock
     * (docs/cold-starts.md: what that costs and saves). Never changed in one release with code.
     */
    readonly provisionedConcurrency: Readonly<Record<string, number>>;
  };
}
