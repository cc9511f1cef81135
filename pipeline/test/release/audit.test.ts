import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Advisory, audit, auditFindings, refusePartialAudit } from '../../src/release/audit.js';
import { billOfMaterials } from '../../src/release/bill-of-materials.js';

/** A registry that knows these vulnerabilities, or has no audit endpoint; pnpm really asks it. */
async function registry(answer: { status: number; body: unknown }): Promise<string> {
  const server = createServer((_, response) => {
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const advisory = (severity: Advisory['severity']): Advisory => ({
  github_advisory_id: 'GHSA-aaaa-bbbb-cccc',
  module_name: 'stripe',
  title: 'Planted',
  severity,
  url: 'https://github.com/advisories/GHSA-aaaa-bbbb-cccc',
  patched_versions: '>=99.0.0',
  findings: [{ version: '23.1.0', paths: ['services__payments>stripe'] }],
});
const exception = (until: string) => ({
  advisory: 'GHSA-aaaa-bbbb-cccc',
  reason: 'Not reached here.',
  until,
});

describe('the audit', () => {
  it('finds a planted vulnerability of a package in the lockfile', async () => {
    const planted = {
      id: 1,
      url: advisory('high').url,
      title: 'Planted',
      severity: 'high',
      vulnerable_versions: '<99.0.0',
    };

    const { advisories } = await audit(await registry({ status: 200, body: { stripe: [planted] } }));

    expect(auditFindings(advisories, [], '2026-11-25')).toEqual([
      expect.stringMatching(/^high: stripe [\d.]+: Planted \(https:.*\), mended in >=99.0.0$/),
    ]);
  });

  it('asks about all that the bill lists, or stays shut', async () => {
    const answer = await audit(await registry({ status: 200, body: {} }));
    const { components } = await billOfMaterials();

    expect(() => refusePartialAudit(answer, { components })).not.toThrow();
    expect(() => refusePartialAudit({ ...answer, shipped: 3 }, { components })).toThrow(
      /asked about 3 packages, and the bill of materials lists \d+/,
    );
  });

  it('stays shut with a sentence where the registry does not tell', async () => {
    const without = await registry({ status: 405, body: {} });

    await expect(audit(without)).rejects.toThrow(
      /did not say which vulnerabilities.*SHIPLINE_AUDIT=not-done/,
    );
  });

  it('lets an exception hold until its day, and no longer', () => {
    expect(auditFindings([advisory('critical')], [exception('2026-11-25')], '2026-11-25')).toEqual([]);
    expect(auditFindings([advisory('critical')], [exception('2026-11-24')], '2026-11-25')).toEqual([
      expect.stringContaining('its exception ended on 2026-11-24'),
    ]);
  });

  it('finds an exception for what nobody suffers from any more', () => {
    expect(auditFindings([], [exception('2027-01-01')], '2026-11-25')).toEqual([
      'GHSA-aaaa-bbbb-cccc is excepted in vain',
    ]);
  });

  it('lets pass what is less than high', () => {
    expect(auditFindings([advisory('moderate')], [], '2026-11-25')).toEqual([]);
  });
});
