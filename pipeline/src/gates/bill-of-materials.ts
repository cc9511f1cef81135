import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '@shipline/tooling/paths';
import { billOfMaterials as bill, billName, schemaErrors } from '../release/bill-of-materials.js';
import { manifestOf, readManifest, sha256Of, writeManifest } from '../release/manifest.js';
import { builderOf, provenanceName, provenanceOf } from '../release/provenance.js';
import type { Gate } from './gate.js';

/** Adds to the release what it is made of and where it comes from; both become part of what is signed. */
export const billOfMaterials: Gate = {
  title: 'Bill of materials and provenance',
  performs: ['bill-of-materials'],
  deployed: false,
  async run({ releaseFolder, progress }) {
    const { commit, accounts } = readManifest(releaseFolder);
    const materials = await bill();
    const text = `${JSON.stringify(materials, null, 1)}\n`;
    const errors = await schemaErrors(text);
    if (errors) throw new Error(`The bill of materials is not CycloneDX: ${JSON.stringify(errors)}`);
    writeFileSync(join(releaseFolder, billName), text);
    // It speaks of everything but itself.
    rmSync(join(releaseFolder, provenanceName), { force: true });
    const provenance = provenanceOf(manifestOf(releaseFolder, { commit, accounts }), {
      lockfileSha256: sha256Of(readFileSync(join(root, 'pnpm-lock.yaml'))),
      builder: builderOf(process.env),
    });
    writeFileSync(join(releaseFolder, provenanceName), `${JSON.stringify(provenance, null, 1)}\n`);
    const { release } = writeManifest(releaseFolder, { commit, accounts });
    progress.note(`release ${release} is made of ${materials.components.length} packages`);
  },
};
