import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import satisfies from 'spdx-satisfies';
import { type Bill, billName, licencesOf, parsedBill } from '../release/bill-of-materials.js';
import { type Gate, GateShut } from './gate.js';

/** What may be shipped without opening the shop's own source; SPDX ids. */
const allowed = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
];

/** Every package that ships has a licence on the list: of several by choice one, of several together all. */
export const licences: Gate = {
  title: 'Licences of what ships',
  performs: ['composition-analysis'],
  deployed: false,
  async run({ releaseFolder, progress }) {
    const bill = parsedBill(readFileSync(join(releaseFolder, billName), 'utf8'));
    const found = licenceFindings(bill);
    if (found.length > 0)
      throw new GateShut(
        `${found.join('; ')}. Replace the package, or argue for its licence in pipeline/src/gates/licences.ts.`,
      );
    progress.note(`${bill.components.length} packages, all under licences of the list`);
  },
};

/** Packages with a licence that is not on the list, or with none. */
export function licenceFindings({ components }: Pick<Bill, 'components'>): string[] {
  return components.flatMap((component) => {
    const named = licencesOf(component);
    if (named.length > 0 && named.every(isAllowed)) return [];
    return [`${component.purl} has ${named.length === 0 ? 'no licence' : `the licence ${named.join(', ')}`}`];
  });
}

function isAllowed(expression: string): boolean {
  try {
    return satisfies(expression, allowed);
  } catch {
    // What is no SPDX expression (`SEE LICENSE IN …`) allows nothing.
    return false;
  }
}
