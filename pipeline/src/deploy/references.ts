interface Template {
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Resources?: Readonly<Record<string, unknown>>;
}

/** Names of parameters, resources and conditions that a value of a template refers to. */
export function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(namesIn);
  return Object.entries(value).flatMap(([key, argument]) => [
    ...namedBy(key, argument),
    ...namesIn(argument),
  ]);
}

function namedBy(key: string, argument: unknown): string[] {
  const [first] = [argument].flat();
  if (typeof first !== 'string') return [];
  if (key === 'Ref' || key === 'Condition' || key === 'Fn::If') return [first];
  if (key === 'Fn::GetAtt') return first.split('.', 1);
  if (key === 'Fn::Sub') return [...first.matchAll(/\$\{([^!.}]+)/g)].map(([, name = '']) => name);
  return [];
}

/** Everything in a template that another value of these would change: what refers to them, and what refers to that. */
export function affectedBy(template: unknown, names: Iterable<string>): ReadonlySet<string> {
  const { Conditions = {}, Resources = {} } = template as Template;
  const affected = new Set(names);
  const parts = Object.entries({ ...Conditions, ...Resources }).map(
    ([id, part]) => [id, namesIn(part)] as const,
  );
  for (let before = -1; before < affected.size; ) {
    before = affected.size;
    for (const [id, named] of parts) if (named.some((name) => affected.has(name))) affected.add(id);
  }
  return affected;
}
