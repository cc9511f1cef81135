import { defineConfig } from 'vitest/config';
import { deployed } from '../vitest.base.js';

/** The shop, against whatever environment SHIPLINE_OUTPUTS names: the stage dev runs them. They leave its stacks alone. */
export default defineConfig(deployed(['integration/**/*.test.ts']));
