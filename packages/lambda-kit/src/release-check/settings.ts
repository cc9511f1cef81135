import * as z from 'zod/mini';
import { variable } from '../env.js';

/** Variables of every function `check-release`, for its service's `config.ts`. */
export const releaseCheckSettings = {
  /** `read-only`: checks that write are left out (prod). */
  RELEASE_CHECKS: z.enum(['all', 'read-only']),
  /** With the service's name they make the names of its functions: `shipline-<environment>-<service>-<function>`. */
  SHIPLINE_ENVIRONMENT: variable,
  POWERTOOLS_SERVICE_NAME: variable,
};

export interface ReleaseCheckSettings {
  readonly RELEASE_CHECKS: 'all' | 'read-only';
  readonly SHIPLINE_ENVIRONMENT: string;
  readonly POWERTOOLS_SERVICE_NAME: string;
}
