import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { approvedPlanFile, planFile, planTextFile } from '../deploy/plan-file.js';

/** What a person is asked, and what an answer of yes lets the stage after deploy. */
export interface Approval {
  /** The plan as people read it: what changes, what that does to state, and who may do what from now on. */
  readonly question: string;
  /** Gives the gate `approved` of the stage after what the person has seen. */
  readonly handOn: (reports: string) => void;
}

/** Reads the plan once: what lies in the reports when the answer comes may be another one. */
export function approvalOf(reports: string): Approval {
  const text = readFileSync(planTextFile(reports), 'utf8');
  const plan = readFileSync(planFile(reports));
  return {
    question: `${text}\n\nDeploy exactly this?`,
    handOn(next) {
      mkdirSync(next, { recursive: true });
      writeFileSync(approvedPlanFile(next), plan);
    },
  };
}
