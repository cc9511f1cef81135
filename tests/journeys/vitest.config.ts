import { defineConfig } from 'vitest/config';
import { oneBrowser } from '../vitest.base.js';

/** What customers do in the shop, in whatever environment. */
export default defineConfig(oneBrowser(['journeys/**/*.journey.test.ts']));
