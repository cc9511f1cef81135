/** A synthesized CloudFormation template, as far as the tests look into it. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Parameters?: Readonly<Record<string, { Type: string; Default?: string }>>;
  readonly Outputs?: Readonly<Record<string, { Value: unknown; Export?: unknown }>>;
}

export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly UpdatePolicy?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

/** Resources of one type, by logical id. */
export const ofType = (template: Template, type: string): [string, Resource][] =>
  Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);

/** The properties of every resource of one type. */
export const propertiesOf = (template: Template, type: string) =>
  ofType(template, type).map(([, { Properties = {} }]) => Properties);

/** The logical ids that a value refers to, at any depth. */
export function references(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Ref') return [String(inner)];
    if (key === 'Fn::GetAtt') return [String((inner as unknown[])[0])];
    return references(inner);
  });
}

export interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource?: unknown;
  readonly Condition?: unknown;
}

export const listOf = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as T];

/** Statements of every identity policy of a template, with the logical id of where they stand. */
export function identityStatements(template: Template): [string, Statement][] {
  return Object.entries(template.Resources).flatMap(([id, { Type, Properties = {} }]) => {
    const inline = listOf(Properties['Policies'] as { PolicyDocument: unknown }[] | undefined);
    const documents = /^AWS::IAM::(Policy|ManagedPolicy)$/.test(Type)
      ? [Properties['PolicyDocument']]
      : Type === 'AWS::IAM::Role'
        ? inline.map(({ PolicyDocument }) => PolicyDocument)
        : [];
    return documents.flatMap((document) => {
      const { Statement } = document as { Statement: Statement[] };
      return Statement.map((statement) => [id, statement] as [string, Statement]);
    });
  });
}
