import { defineConfig } from 'vitest/config';
import { oneBrowser } from '../vitest.base.js';

/** The console, and pages that must not reach this machine's cloud, in a browser: on a test cloud only. */
export default defineConfig(oneBrowser(['console/**/*.journey.test.ts']));
