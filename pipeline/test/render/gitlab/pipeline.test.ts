import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { delivery } from '../../../src/delivery.js';
import { renderGitlab } from '../../../src/render/gitlab/pipeline.js';

interface Pipeline {
  readonly workflow: { readonly rules: readonly { readonly if: string }[] };
}

it('there is no pipeline in a clone whose owner has set nothing up, nor for anything but a push to main', () => {
  const { workflow } = parse(renderGitlab(delivery, 'us-east-1', [])) as Pipeline;

  expect(workflow.rules.map((rule) => rule.if)).toEqual([
    '$SHIPLINE_TOOLS_ACCOUNT && $CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH == "main"',
  ]);
});
