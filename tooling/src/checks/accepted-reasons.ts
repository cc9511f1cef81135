import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** Who lives with more reasons than this no longer reads them. */
const fewerThan = 25;

const StackMetadata = z.record(
  z.string(),
  z.array(z.looseObject({ type: z.string(), data: z.unknown().optional() })),
);
const Acknowledged = z.record(z.string(), z.string());

/** Reasons for which findings of cdk-nag are accepted in synthesized apps: each once. */
export function nagReasonsIn(folders: readonly string[]): Set<string> {
  const files = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.metadata.json'))
      .map((name) => join(folder, name)),
  );
  const entries = files.flatMap((file) =>
    Object.values(StackMetadata.parse(JSON.parse(readFileSync(file, 'utf8')))).flat(),
  );
  const acknowledged = entries.filter(({ type }) => type === 'aws:cdk:acknowledged-rules');
  return new Set(acknowledged.flatMap(({ data }) => Object.values(Acknowledged.parse(data))));
}

/** @returns a line for whoever added one too many, or nothing. */
export function tooManyReasons(reasons: ReadonlySet<string>): string[] {
  if (reasons.size < fewerThan) return [];
  return [
    `Findings are accepted for ${reasons.size} reasons, and fewer than ${fewerThan} are lived with:`,
    ...[...reasons].sort().map((reason) => `  ${reason}`),
  ];
}
