/**
 * What one job of the road hands to those after it, on every engine: files, and the digests that they must have, so that
 * nobody can swap them on their way. The release goes from the package job to all that follow; the plan that people
 * approve goes to the job with the gate `approved`, which compares it with what it would do itself.
 */
export const handedOn = {
  /** SHA-256 of the release's manifest.json, in hex. */
  releaseDigest: 'SHIPLINE_RELEASE_DIGEST',
  /** SHA-256 of the approved plan.json, in hex. */
  planDigest: 'SHIPLINE_PLAN_DIGEST',
} as const;
export type HandedOn = (typeof handedOn)[keyof typeof handedOn];

/** Names of files among a job's reports. */
export const reports = {
  plan: 'plan.json',
  planText: 'plan.md',
  approvedPlan: 'approved-plan.json',
} as const;

/** In the checkout of a job. */
export const releaseFolder = '.shipline/release';
export const manifestFile = `${releaseFolder}/manifest.json`;
export const reportsFolder = '.shipline/reports';
/** What the gate `plan` writes: what would change, and which rights; as text for people beside it. */
export const planFile = `${reportsFolder}/${reports.plan}`;
export const planText = `${reportsFolder}/${reports.planText}`;
/** Where the gate `approved` expects the plan that somebody said yes to. */
export const approvedPlanFile = `${reportsFolder}/${reports.approvedPlan}`;
