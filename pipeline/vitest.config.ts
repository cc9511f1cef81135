import { mergeConfig } from 'vitest/config';
import base from '../tooling/vitest.base.js';

/** Half the time went into loading the CDK and the SDK anew for each of the files, and no module here holds state. */
export default mergeConfig(base, { test: { isolate: false, restoreMocks: true, unstubEnvs: true } });
