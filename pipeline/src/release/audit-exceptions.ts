import type { AuditException } from './audit.js';

/** Vulnerabilities from `high` on that do not stop a release, each for a reason and until a day. */
export const auditExceptions: readonly AuditException[] = [];
