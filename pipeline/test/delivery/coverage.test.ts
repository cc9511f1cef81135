import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '@shipline/tooling/paths';
import { describe, expect, it } from 'vitest';
import { coverage, coverageTable, performedBefore } from '../../src/delivery/coverage.js';
import type { Delivery } from '../../src/delivery/stage.js';
import { delivery } from '../../src/delivery.js';
import { gates } from '../../src/gates/catalogue.js';

const without = (road: Delivery) =>
  [...coverage(road, gates)].filter(([, by]) => by.length === 0).map(([action]) => action);

describe('the actions of the reference architecture', () => {
  it('are 34, and each is performed', () => {
    expect(coverage(delivery, gates).size).toBe(34);
    expect(without(delivery)).toEqual([]);
  });

  it('are missed when their gate is taken from the road', () => {
    const stages = delivery.stages.map((stage) => ({
      ...stage,
      jobs: stage.jobs.map((job) => ({ ...job, gates: job.gates.filter((gate) => gate !== 'load') })),
    }));

    expect(without({ ...delivery, stages } as unknown as Delivery)).toEqual(['gamma/performance-tests']);
  });

  it('stand in the docs as they are on the road', () => {
    const docs = readFileSync(join(root, 'docs/delivery.md'), 'utf8');

    expect(docs).toContain(coverageTable(coverage(delivery, gates)));
  });

  it.each(Object.entries(performedBefore))('%s is in the repository', (_, { file }) => {
    expect(existsSync(join(root, file))).toBe(true);
  });
});
