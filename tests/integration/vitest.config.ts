import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { deployed } from '../vitest.base.js';

/** The file that waits longest (for retries) begins first, or one worker would stand idle while it ends. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLongest = ({ moduleId }: TestSpecification) => moduleId.endsWith('/gateway-faults.test.ts');
    const sorted = await super.sort(files);
    return [...sorted.filter(isLongest), ...sorted.filter((file) => !isLongest(file))];
  }
}

const { test } = deployed(['integration/**/*.test.ts']);

/** The shop, against whatever environment SHIPLINE_OUTPUTS names: the stage dev runs them. They leave its stacks alone. */
export default defineConfig({ test: { ...test, sequence: { sequencer: LongestFirst } } });
