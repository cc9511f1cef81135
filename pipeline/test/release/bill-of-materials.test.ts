import { describe, expect, it } from 'vitest';
import { licenceFindings } from '../../src/gates/licences.js';
import { billOfMaterials, reproducible, schemaErrors } from '../../src/release/bill-of-materials.js';
import { provenanceOf } from '../../src/release/provenance.js';
import { commit } from './builders.js';

describe('the bill of materials', () => {
  it('is CycloneDX by its own schema, names what ships and no tool of the build', async () => {
    const bill = await billOfMaterials();
    const names = bill.components.map(({ purl }) => purl.replace(/@[^@]*$/, ''));

    expect(await schemaErrors(JSON.stringify(bill))).toBeUndefined();
    expect(names).toEqual(expect.arrayContaining(['pkg:npm/stripe', 'pkg:npm/react', 'pkg:npm/zod']));
    expect(names).not.toEqual(expect.arrayContaining(['pkg:npm/vitest']));
    expect(licenceFindings(bill)).toEqual([]);
  });

  it('is the same whatever pnpm adds to it', () => {
    const component = (ref: string) => ({ 'bom-ref': ref, name: ref, purl: ref });
    const bill = (refs: string[], serialNumber: string, timestamp: string) => ({
      serialNumber,
      metadata: { timestamp },
      components: refs.map(component),
      dependencies: refs.map((ref) => ({ ref, dependsOn: refs })),
    });

    const [one, two] = [bill(['a', 'b'], '1', 'today'), bill(['b', 'a'], '2', 'tomorrow')].map(reproducible);

    expect(JSON.stringify(one)).toBe(JSON.stringify(two));
    expect(JSON.stringify(one)).not.toMatch(/today|serialNumber/);
  });

  it('is refused by its schema when it says what CycloneDX does not know', async () => {
    const bill = {
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      version: 1,
      components: [{ name: 'typeless' }],
    };

    expect(JSON.stringify(await schemaErrors(JSON.stringify(bill)))).toContain(
      "must have required property 'type'",
    );
  });
});

describe('licences', () => {
  const components = (licenses?: object[]) => ({
    components: [{ 'bom-ref': 'x', name: 'x', purl: 'pkg:npm/planted@1.0.0', licenses }] as never,
  });

  it.each([
    ['the GPL', [{ license: { id: 'GPL-3.0-only' } }], 'the licence GPL-3.0-only'],
    [
      'the GPL as one of two that both hold',
      [{ expression: 'MIT AND GPL-2.0-only' }],
      'MIT AND GPL-2.0-only',
    ],
    ['a name that is no SPDX id', [{ license: { name: 'SEE LICENSE IN x' } }], 'SEE LICENSE IN x'],
    ['none', undefined, 'no licence'],
  ])('finds a planted package with %s', (_, licenses, words) => {
    expect(licenceFindings(components(licenses))).toEqual([
      expect.stringMatching(`^pkg:npm/planted@1.0.0 has .*${words}`),
    ]);
  });

  it('takes a choice of which one is on the list', () => {
    expect(licenceFindings(components([{ expression: '(GPL-2.0-only OR MIT)' }]))).toEqual([]);
  });
});

describe('provenance', () => {
  it('is an in-toto statement about every file, with SLSA’s predicate', () => {
    const files = [{ path: 'assets/a.zip', sha256: 'aa', size: 1 }];

    expect(
      provenanceOf({ commit, accounts: {}, files }, { lockfileSha256: 'bb', builder: 'laptop' }),
    ).toMatchObject({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: 'assets/a.zip', digest: { sha256: 'aa' } }],
      predicateType: 'https://slsa.dev/provenance/v1',
      predicate: {
        buildDefinition: {
          resolvedDependencies: [{ digest: { gitCommit: commit } }, { digest: { sha256: 'bb' } }],
        },
        runDetails: { builder: { id: 'urn:shipline:builder:laptop' } },
      },
    });
  });
});
