/** What any test can use without a cloud. `dynamodb-table` and `contract` have paths of their own. */
export { fixedClock, type SteppingClock, someTime, steppingClock } from './clocks.js';
export { anEnvelope } from './envelopes.js';
export { sequentialIds } from './ids.js';
export { lambdaContext } from './lambda-context.js';
export { type LogLine, type RecordingLogger, recordingLogger } from './recording-logger.js';
export { sqsEvent } from './sqs-event.js';
export { type Change, streamEvent } from './stream-event.js';
