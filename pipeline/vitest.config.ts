import { mergeConfig } from 'vitest/config';
import base from '../tooling/vitest.base.js';

/**
 * Half the time went into loading the CDK and the SDK anew for each of the files: the files of a worker share the
 * modules. So a test hands in what would be read from the environment when a module is loaded.
 */
export default mergeConfig(base, { test: { isolate: false, restoreMocks: true, unstubEnvs: true } });
