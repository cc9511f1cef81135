/**
 * What one job of the road hands to those after it, on every engine. A job that gets the release also gets the digest
 * that the package job saw, so that nobody can swap the release on its way; the job with the gate `approved` also
 * gets the digest of the plan that a person said yes to.
 */
export const handedOn = {
  /** SHA-256 of the release's manifest.json, in hex. */
  releaseDigest: 'SHIPLINE_RELEASE_DIGEST',
  /** SHA-256 of the approved plan.json, in hex. */
  planDigest: 'SHIPLINE_PLAN_DIGEST',
} as const;
export type HandedOn = (typeof handedOn)[keyof typeof handedOn];

/** In the checkout of a job. */
export const releaseFolder = '.shipline/release';
export const manifestFile = `${releaseFolder}/manifest.json`;
export const reportsFolder = '.shipline/reports';
/** What the gate `plan` writes: what would change, and which rights. */
export const planFile = `${reportsFolder}/plan.json`;
