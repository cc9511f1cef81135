interface Statement {
  readonly Effect?: string;
  readonly Principal?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
  readonly Condition?: unknown;
}
type Properties = Readonly<Record<string, unknown>>;
interface Resource {
  readonly Type: string;
  readonly Properties?: Properties;
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

/** Everything that a template allows or denies, one sentence for each action and resource. */
export function permissionsOf(template: unknown): ReadonlySet<string> {
  const { Resources = {} } = (template ?? {}) as { Resources?: Record<string, Resource> };
  return new Set(Object.entries(Resources).flatMap(([id, resource]) => ofResource(id, resource)));
}

function ofResource(id: string, { Type, Properties = {} }: Resource): string[] {
  if (Type === 'AWS::Lambda::Permission') return [callPermission(Properties)];
  if (Type === 'AWS::IAM::Role') return ofRole(id, Properties);
  const holders = ['Roles', 'Users', 'Groups'].flatMap((name) => listOf(Properties[name])).map(textOf);
  const documents = Object.entries(Properties).filter(([name]) => /Policy(Document)?$/.test(name));
  return documents.flatMap(([, document]) =>
    (holders.length > 0 ? holders : [id]).flatMap((holder) => statementsOf(holder, document)),
  );
}

function ofRole(id: string, role: Properties): string[] {
  const inline = listOf(role['Policies']) as { PolicyDocument?: unknown }[];
  const boundary = role['PermissionsBoundary'];
  return [
    ...statementsOf(id, role['AssumeRolePolicyDocument']),
    ...inline.flatMap(({ PolicyDocument }) => statementsOf(id, PolicyDocument)),
    ...listOf(role['ManagedPolicyArns']).map((arn) => `${id} has the managed policy ${textOf(arn)}`),
    ...(boundary === undefined ? [] : [`${id} is bounded by ${textOf(boundary)}`]),
  ];
}

const callPermission = ({ Principal, Action, FunctionName, SourceArn }: Properties) =>
  `${textOf(FunctionName)}: Allow ${textOf(Action)} by ${textOf(Principal)}${SourceArn === undefined ? '' : ` from ${textOf(SourceArn)}`}`;

function statementsOf(holder: string, document: unknown): string[] {
  const { Statement = [] } = (document ?? {}) as { Statement?: Statement | Statement[] };
  return (listOf(Statement) as Statement[]).flatMap((statement) => {
    const by =
      statement.Principal === undefined ? '' : ` by ${principals(statement.Principal).sort().join(', ')}`;
    const when = statement.Condition === undefined ? '' : ` if ${textOf(statement.Condition)}`;
    return withNegation('Action', statement.Action, statement.NotAction).flatMap((action) =>
      withNegation('Resource', statement.Resource, statement.NotResource, ['']).map(
        (resource) => `${holder}: ${statement.Effect} ${action}${resource && ` on ${resource}`}${by}${when}`,
      ),
    );
  });
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

/** A value of a template as people write it: `OrdersTable.Arn` for `Fn::GetAtt`. */
export function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(textOf).join(', ')}]`;
  const entries = Object.entries(value);
  const [name, argument] = entries[0] ?? [];
  if (entries.length === 1 && name === 'Ref') return String(argument);
  if (entries.length === 1 && name === 'Fn::GetAtt') return [argument].flat().join('.');
  if (entries.length === 1 && name === 'Fn::Sub' && typeof argument === 'string') return argument;
  if (entries.length === 1 && name === 'Fn::Join') return joined(argument as [string, unknown[]]);
  return `{${entries.map(([key, member]) => `${key}: ${textOf(member)}`).join(', ')}}`;
}

const joined = ([separator, parts]: [string, unknown[]]) =>
  (Array.isArray(parts) ? parts : [parts])
    .map((part) => (typeof part === 'string' ? part : `\${${textOf(part)}}`))
    .join(separator);
