/** What a service's `src/release-checks.ts` is written in. `release-check-entry` runs it. */
export { apiCheck, askApi, jsonOf, replyOf } from './release-check/api-check.js';
export {
  type CallVersion,
  CheckFailed,
  type ReleaseCheck,
  type ReleaseChecks,
  SYNTHETIC_CUSTOMER,
  type Trial,
} from './release-check/check.js';
export { conforms } from './release-check/conforms.js';
export { askTask, refusesInput, taskCheck, taskFails } from './release-check/task-check.js';
