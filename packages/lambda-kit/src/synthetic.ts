/** Whoever a synthetic request is for; no sign-up can give this id. */
export const SYNTHETIC_CUSTOMER = 'synthetic-release-check';
