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
