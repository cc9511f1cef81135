import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Advisory, audit, auditFindings, refusePartialAudit } from '../release/audit.js';
import { auditExceptions } from '../release/audit-exceptions.js';
import { billName, parsedBill } from '../release/bill-of-materials.js';
import { type Gate, GateShut } from './gate.js';

/** No known vulnerability from `high` on in any package of the lockfile, and all that the bill lists was asked about. */
export const vulnerabilities: Gate = {
  title: 'Known vulnerabilities of dependencies',
  performs: ['composition-analysis'],
  deployed: false,
  async run({ releaseFolder, reports, progress }) {
    const report = (answer: { done: boolean; advisories: readonly Advisory[] }) =>
      writeFileSync(join(reports, 'vulnerabilities.json'), `${JSON.stringify(answer, null, 2)}\n`);
    if (notDone(process.env)) {
      report({ done: false, advisories: [] });
      progress.note('! NOT DONE: nobody asked whether the dependencies have known vulnerabilities');
      return;
    }
    const answer = await audit();
    refusePartialAudit(answer, parsedBill(readFileSync(join(releaseFolder, billName), 'utf8')));
    const { advisories, shipped } = answer;
    report({ done: true, advisories });
    const found = auditFindings(advisories, auditExceptions, new Date().toISOString().slice(0, 10));
    if (found.length > 0)
      throw new GateShut(
        `${found.join('\n')}\nUpdate the package, or except it in pipeline/src/release/audit-exceptions.ts for a reason and until a day.`,
      );
    progress.note(
      `${shipped} packages ship, ${advisories.length} advisories, none high or critical without an exception`,
    );
  },
};

/** A laptop without the audit endpoint may leave it out, and says so; no engine may. */
function notDone(env: NodeJS.ProcessEnv): boolean {
  if (env['SHIPLINE_AUDIT'] !== 'not-done') return false;
  if (env['CI'] || env['CODEBUILD_BUILD_ARN'])
    throw new GateShut('SHIPLINE_AUDIT=not-done is for laptops: an engine always asks.');
  return true;
}
