import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { approvalOf } from '../../src/laptop/approval.js';
import { folderOf } from '../release/builders.js';

describe('an approval', () => {
  it('hands on what was shown, whatever the plan has become while the person thought', () => {
    const reports = folderOf({ 'plan.md': 'one table', 'plan.json': '{"plan":"one"}\n' });
    const next = join(folderOf({}), 'prod');

    const { question, handOn } = approvalOf(reports);
    for (const name of ['plan.md', 'plan.json']) writeFileSync(join(reports, name), 'another');
    handOn(next);

    expect(question).toBe('one table\n\nDeploy exactly this?');
    expect(readFileSync(join(next, 'approved-plan.json'), 'utf8')).toBe('{"plan":"one"}\n');
  });
});
