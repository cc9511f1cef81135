import { mergeConfig } from 'vitest/config';
import base from '../tooling/vitest.base.js';

// One worker that keeps its modules: every environment is synthesized once for all files.
export default mergeConfig(base, { test: { isolate: false, fileParallelism: false } });
