import { type Fault, fail, unseenByChecks } from './handler.js';

export const fault: Fault = unseenByChecks(() => async (event, context) => fail(event, context));
