import { defineConfig } from 'vitest/config';
import { deployed } from '../vitest.base.js';

export default defineConfig(deployed(['sam-pipeline/**/*.test.ts']));
