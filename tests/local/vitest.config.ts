import { defineConfig } from 'vitest/config';
import { deployed } from '../vitest.base.js';

/**
 * On a local cloud of their own only: what tests the tools (releases, SAM, CodeDeploy, the storefront's bucket) and moves
 * the stacks meanwhile, and what nobody sees on AWS: the inbox, the pool's key, an alarm's half an hour within a minute.
 */
export default defineConfig(deployed(['local/**/*.test.ts']));
