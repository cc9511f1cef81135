import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { delivery } from '../../../src/delivery.js';
import { renderGitlab } from '../../../src/render/gitlab/pipeline.js';

interface Job {
  readonly rules: readonly object[];
  readonly needs: readonly unknown[];
  readonly environment: object;
  readonly id_tokens: object;
  readonly variables: object;
  readonly resource_group: string;
  readonly timeout: string;
  readonly script: readonly string[];
}
interface Pipeline {
  readonly workflow: { readonly rules: readonly { readonly if: string }[] };
}
const pipeline = parse(renderGitlab(delivery, 'us-east-1', [])) as Pipeline & Readonly<Record<string, Job>>;

it('there is no pipeline in a clone whose owner has set nothing up, nor for anything on another branch', () => {
  expect(pipeline.workflow.rules.map((rule) => rule.if)).toEqual([
    '$SHIPLINE_TOOLS_ACCOUNT && $CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH == "main"',
    '$SHIPLINE_TOOLS_ACCOUNT && $CI_PIPELINE_SOURCE =~ /^(web|api)$/ && $CI_COMMIT_BRANCH == "main" && $SHIPLINE_ROLL_BACK',
  ]);
});

describe.each(['dev', 'staging', 'prod'])('the job that brings a release back in %s', (environment) => {
  const back = pipeline[`roll-back-${environment}`] as Job;
  const deploy = pipeline[`${environment}-deploy`] as Job;

  it('has what the deployment there has: place, rights, queue', () => {
    const { id_tokens, variables, resource_group, timeout } = deploy;
    expect(back).toMatchObject({
      environment: deploy.environment,
      id_tokens,
      variables,
      resource_group,
      timeout,
    });
    expect(back.needs).toEqual([]);
  });

  it('waits for whoever the deployment waits for, and is there when a person started the pipeline for it', () => {
    expect(back.rules).toEqual([
      {
        ...deploy.rules[0],
        if: `$CI_PIPELINE_SOURCE =~ /^(web|api)$/ && $SHIPLINE_ROLL_BACK == "${environment}"`,
      },
    ]);
    expect('when' in (back.rules[0] ?? {})).toBe(environment === 'prod');
  });

  it('looks at the release’s name before it has a token', () => {
    expect(back.script[0]).toContain('"$SHIPLINE_ROLL_BACK_TO" =~');
    expect(back.script.at(-1)).toContain(` rollback ${environment} --to "$SHIPLINE_ROLL_BACK_TO"`);
  });
});
