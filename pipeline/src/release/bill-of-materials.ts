import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import * as z from 'zod';
import { byCodeUnits } from './files.js';
import { pnpm } from './pnpm.js';

export const billName = 'sbom.cdx.json';
const version = '1.6';

const License = z.union([
  z.looseObject({ license: z.looseObject({ id: z.string().optional(), name: z.string().optional() }) }),
  z.looseObject({ expression: z.string() }),
]);
const Component = z.looseObject({
  'bom-ref': z.string(),
  name: z.string(),
  purl: z.string(),
  licenses: z.array(License).optional(),
});
const Bill = z.looseObject({
  metadata: z.looseObject({ timestamp: z.string().optional() }),
  // A bill of nothing is of something else.
  components: z.array(Component).min(1),
  dependencies: z.array(z.looseObject({ ref: z.string(), dependsOn: z.array(z.string()).optional() })),
});

/** A CycloneDX bill of materials, as far as it is read here. */
export type Bill = z.infer<typeof Bill>;
export type BillComponent = z.infer<typeof Component>;

/** Everything that the services' own dependencies bring with them: what a bundle can hold, and no tool of the build. */
export async function billOfMaterials(): Promise<Bill> {
  const folder = mkdtempSync(join(tmpdir(), 'shipline-bill-'));
  try {
    const out = join(folder, 'bill.json');
    const options = [
      '--sbom-format',
      'cyclonedx',
      '--sbom-spec-version',
      version,
      '--sbom-type',
      'application',
    ];
    const { code, stderr } = await pnpm([
      '--filter',
      './services/*',
      'sbom',
      '--prod',
      ...options,
      '--out',
      out,
    ]);
    if (code !== 0) throw new Error(`pnpm sbom failed (exit code ${code}): ${stderr}`);
    return reproducible(parsedBill(readFileSync(out, 'utf8')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const parsedBill = (text: string): Bill => Bill.parse(JSON.parse(text));

/** pnpm adds the time, a random number and an order of its own: none of them is about the software. */
export function reproducible({ serialNumber: _, ...bill }: Bill): Bill {
  const { timestamp: __, ...metadata } = bill.metadata;
  return {
    ...bill,
    metadata,
    components: [...bill.components].sort((a, b) => byCodeUnits(a['bom-ref'], b['bom-ref'])),
    dependencies: bill.dependencies
      .map(({ dependsOn, ...rest }) => ({
        ...rest,
        ...(dependsOn && { dependsOn: [...dependsOn].sort(byCodeUnits) }),
      }))
      .sort((a, b) => byCodeUnits(a.ref, b.ref)),
  };
}

/** @returns what CycloneDX's own schema finds wrong; undefined for a sound bill. */
export async function schemaErrors(text: string): Promise<unknown> {
  const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
  return (await validator.validate(text)) ?? undefined;
}

/** The SPDX ids or expressions of a component; empty where it names none. */
export const licencesOf = ({ licenses = [] }: BillComponent): string[] =>
  licenses.map((entry) =>
    'expression' in entry ? String(entry.expression) : (entry.license.id ?? entry.license.name ?? ''),
  );
