import { textOf } from './template-text.js';

type Properties = Readonly<Record<string, unknown>>;
interface Resource {
  readonly Type: string;
  readonly Properties?: Properties;
  /** SAM's: who may use what, beside the properties. */
  readonly Connectors?: unknown;
}
interface Template {
  readonly Globals?: { readonly Function?: Properties };
  readonly Resources?: Readonly<Record<string, Resource>>;
}

/** What two templates allow and deny differently, in sentences: `+` is new, `-` is gone. */
export function permissionDifferences(before: unknown, after: unknown): string[] {
  const old = permissionsOf(before);
  const wanted = permissionsOf(after);
  return [
    ...[...wanted].filter((line) => !old.has(line)).map((line) => `+ ${line}`),
    ...[...old].filter((line) => !wanted.has(line)).map((line) => `- ${line}`),
  ].sort((a, b) => (a.slice(2) < b.slice(2) ? -1 : 1));
}

/**
 * Everything that a template allows or denies, one sentence for each action and resource. What is written in another way
 * (a condition around a statement, a policy of SAM's) is told as it stands there: nothing is left out.
 */
export function permissionsOf(template: unknown): ReadonlySet<string> {
  const { Globals, Resources = {} } = (template ?? {}) as Template;
  return new Set(
    Object.entries(Resources).flatMap(([id, resource]) => [
      ...ofResource(id, resource, Globals?.Function),
      ...told(id, 'Connectors', resource.Connectors),
    ]),
  );
}

function ofResource(id: string, { Type, Properties = {} }: Resource, globals: Properties = {}): string[] {
  if (/^AWS::Lambda::(LayerVersion)?Permission$/.test(Type)) return [callPermission(id, Properties)];
  if (/^AWS::IAM::(Role|User|Group)$/.test(Type)) return ofIdentity(id, Properties);
  if (Type.startsWith('AWS::IAM::') && !Type.endsWith('Policy')) return told(id, Type, Properties);
  if (Type === 'AWS::Serverless::Function') return ofSam(id, { ...globals, ...Properties });
  if (Type.startsWith('AWS::Serverless::')) return ofSam(id, Properties);
  const holders = ['Roles', 'Users', 'Groups'].flatMap((name) => listOf(Properties[name])).map(textOf);
  const documents = Object.entries(Properties).filter(([name, value]) => isPolicy(Type, name, value));
  return documents.flatMap(([, document]) =>
    (holders.length > 0 ? holders : [id]).flatMap((holder) => statementsOf(holder, document)),
  );
}

/** `RedrivePolicy` and the like are none: those that are have statements, or a name that says so. */
const isPolicy = (type: string, name: string, value: unknown) =>
  /^(KeyPolicy|Policy|ResourcePolicy)$|Policy(Document|Text)$/.test(name) ||
  type === 'AWS::Events::EventBusPolicy' ||
  (/(Policy|Policies)$/.test(name) && /"Statement\\?"/.test(JSON.stringify(value)));

function ofIdentity(id: string, identity: Properties): string[] {
  return [
    ...statementsOf(id, identity['AssumeRolePolicyDocument']),
    ...listOf(identity['Policies']).flatMap((policy) => {
      const { PolicyDocument } = policy as { PolicyDocument?: unknown };
      return statementsOf(id, PolicyDocument ?? policy);
    }),
    ...managedBy(id, identity['ManagedPolicyArns']),
    ...boundedBy(id, identity['PermissionsBoundary']),
    ...told(id, 'Groups', identity['Groups']),
  ];
}

/** SAM makes roles of `Policies`, and permissions of who calls. */
function ofSam(id: string, properties: Properties): string[] {
  const calls = ['Auth', 'Connectors', 'Events', 'FunctionUrlConfig', 'Role'];
  return [
    ...statementsOf(id, properties['AssumeRolePolicyDocument']),
    ...listOf(properties['Policies']).flatMap((policy) =>
      typeof policy === 'object' ? statementsOf(id, policy) : managedBy(id, policy),
    ),
    ...boundedBy(id, properties['PermissionsBoundary']),
    ...calls.flatMap((name) => told(id, name, properties[name])),
  ];
}

const managedBy = (id: string, arns: unknown) =>
  listOf(arns).map((arn) => `${id} has the managed policy ${textOf(arn)}`);
const boundedBy = (id: string, boundary: unknown) =>
  boundary === undefined ? [] : [`${id} is bounded by ${textOf(boundary)}`];
const told = (id: string, name: string, value: unknown) =>
  value === undefined ? [] : [`${id}: ${name}: ${textOf(value)}`];

function callPermission(id: string, properties: Properties): string {
  const { Action, FunctionName, LayerVersionArn, Principal, SourceArn, ...others } = properties;
  const from = SourceArn === undefined ? '' : ` from ${textOf(SourceArn)}`;
  const rest = Object.entries(others).map(([name, value]) => `${name}: ${textOf(value)}`);
  const when = rest.length > 0 ? ` if ${rest.sort().join(', ')}` : '';
  return `${textOf(FunctionName ?? LayerVersionArn ?? id)}: Allow ${textOf(Action)} by ${textOf(Principal)}${from}${when}`;
}

const documentKeys = ['Version', 'Id', 'Statement'];

function statementsOf(holder: string, document: unknown): string[] {
  if (document === undefined) return [];
  const raw = [`${holder}: ${textOf(document)}`];
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return raw;
  const { Statement } = document as Properties;
  if (Statement === undefined || Object.keys(document).some((key) => !documentKeys.includes(key))) return raw;
  return listOf(Statement).flatMap((statement) => statementLines(holder, statement));
}

const statementKeys = 'Sid Effect Principal Action NotAction Resource NotResource Condition'.split(' ');

function statementLines(holder: string, value: unknown): string[] {
  const statement = (typeof value === 'object' && value !== null ? value : {}) as Properties;
  const { Effect, Principal, Condition } = statement;
  const isKnown = Object.keys(statement).every((key) => statementKeys.includes(key));
  const actions = withNegation('Action', statement['Action'], statement['NotAction']);
  if (!isKnown || typeof Effect !== 'string' || actions.length === 0) return [`${holder}: ${textOf(value)}`];
  const by = Principal === undefined ? '' : ` by ${principals(Principal).sort().join(', ')}`;
  const when = Condition === undefined ? '' : ` if ${textOf(Condition)}`;
  return actions.flatMap((action) =>
    withNegation('Resource', statement['Resource'], statement['NotResource'], ['']).map(
      (resource) => `${holder}: ${Effect} ${action}${resource && ` on ${resource}`}${by}${when}`,
    ),
  );
}

/** `Action` names what is meant, `NotAction` everything else. */
function withNegation(what: string, named: unknown, excluded: unknown, none: string[] = []): string[] {
  if (named !== undefined) return listOf(named).map(textOf);
  if (excluded !== undefined)
    return [`every ${what.toLowerCase()} but ${listOf(excluded).map(textOf).sort().join(', ')}`];
  return none;
}

const principals = (principal: unknown): string[] =>
  typeof principal === 'object' && principal !== null
    ? Object.values(principal).flatMap((value) => listOf(value).map(textOf))
    : [textOf(principal)];

const listOf = (value: unknown): unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];
