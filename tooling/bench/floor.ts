import { readFileSync } from 'node:fs';
import type { Metafile } from 'esbuild';

const sdk = /^(?:@aws-sdk\/[a-z0-9-]+|stripe)$/;
const imports = /^import\s+(?!type\b)([\s\S]*?)\s+from\s+'([^']+)';/gm;

/** What our own sources import (values, not types) from each SDK: package -> names. */
export function sdkImportsOf(metafile: Metafile): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const file of Object.keys(metafile.inputs)) {
    if (file.includes('node_modules') || !file.endsWith('.ts')) continue;
    for (const [, clause = '', from = ''] of readFileSync(file, 'utf8').matchAll(imports)) {
      if (!sdk.test(from)) continue;
      const names = found.get(from) ?? new Set<string>();
      for (const name of valuesIn(clause)) names.add(name);
      found.set(from, names);
    }
  }
  return new Map([...found].filter(([, names]) => names.size > 0));
}

const valuesIn = (clause: string): string[] => {
  const named = /\{([\s\S]*)\}/.exec(clause)?.[1];
  if (named === undefined) return ['default'];
  return named
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '' && !part.startsWith('type '))
    .map((part) => part.split(/\s+as\s+/)[0] ?? part);
};

/**
 * The source of the floor: nothing but the SDK parts that the function needs, made as it makes them, and the
 * logger. Undefined for a function without any SDK.
 */
export function floorSource(found: Map<string, Set<string>>): string | undefined {
  if (found.size === 0) return undefined;
  const lines = ["import { Logger } from '@aws-lambda-powertools/logger';"];
  const locals = new Map<string, string>();
  for (const [from, names] of found) {
    for (const name of names) {
      const local = `sdk${locals.size}`;
      lines.push(`import { ${name} as ${local} } from '${from}';`);
      locals.set(name, local);
    }
  }
  const kept = [...locals].map(([name, local]) => madeOf(name, local, locals));
  return [
    ...lines,
    `globalThis.kept = [new Logger(), ${kept.join(', ')}];`,
    'export const handler = async () => ({});',
  ].join('\n');
}

/** Clients are made at import, as the kit makes them; Stripe's needs a secret first, so that it is not. */
function madeOf(name: string, local: string, locals: ReadonlyMap<string, string>): string {
  const database = locals.get('DynamoDBClient');
  if (name === 'DynamoDBDocumentClient') return database ? `${local}.from(new ${database}({}))` : local;
  return name.endsWith('Client') ? `new ${local}({})` : local;
}
