import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { renderBuildspec } from '../../../src/render/codepipeline/buildspec.js';

interface Buildspec {
  readonly env: { readonly variables: Record<string, string>; readonly 'exported-variables': string[] };
  readonly phases: Record<'pre_build' | 'build', { readonly commands: string[] }>;
}
const { env, phases } = parse(renderBuildspec()) as Buildspec;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const MANIFEST = '{"version":1}';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shipline-buildspec-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the phases as CodeBuild does, in one shell that each command can end by its status, and says what they export. */
function build(variables: Record<string, string>): Record<string, string> {
  const names = env['exported-variables'];
  const script = [
    ...[...phases.pre_build.commands, ...phases.build.commands].map((one) => `{ ${one}\n} || exit 1`),
    ...names.map((name) => `echo "${name}=$${name}"`),
  ].join('\n');
  const output = execFileSync('bash', ['-c', script], {
    cwd: folder,
    encoding: 'utf8',
    stdio: 'pipe',
    env: { PATH: process.env['PATH'], CODEBUILD_BUILD_URL: 'https://log', ...env.variables, ...variables },
  });
  return Object.fromEntries(
    names.map((name) => [name, new RegExp(`^${name}=(.*)$`, 'm').exec(output)?.[1] ?? '']),
  );
}

/** A release as CodePipeline hands it to a job. */
function givenRelease(): string {
  const given = join(folder, 'given');
  mkdirSync(given);
  writeFileSync(join(given, 'manifest.json'), MANIFEST);
  return given;
}

function givenPlan(text: string): string {
  const given = join(folder, 'given-plan');
  mkdirSync(given, { recursive: true });
  writeFileSync(join(given, 'plan.json'), text);
  return given;
}

/** Variables with which the AWS CLI answers with this line, or fails, and writes down what it was asked by whom. */
function givenAnswer(line: string, exitCode = 0): Record<string, string> {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const asked = `echo "$@ by \${AWS_PROFILE:-the job's own role}" > '${join(folder, 'asked')}'`;
  const script = ['#!/bin/sh', asked, `echo '${line}'`, `exit ${exitCode}`].join('\n');
  writeFileSync(join(bin, 'aws'), script, { mode: 0o755 });
  return {
    PATH: `${bin}:${process.env['PATH']}`,
    SHIPLINE_PIPELINE_EXECUTION: 'b1',
    SHIPLINE_ROLE_ARN: 'arn:aws:iam::1:role/r',
  };
}

/** Gates that say which way they were told to look. */
const DIRECTION = { SHIPLINE_GATES: 'printf "%s" "$SHIPLINE_GOES_BACK" > direction' };
const direction = () => readFileSync(join(folder, 'direction'), 'utf8');

describe('buildspec.yml', () => {
  it('exports the digest of the release that the gates have made', () => {
    const gates = `mkdir -p .shipline/release && printf '${MANIFEST}' > .shipline/release/manifest.json`;
    expect(build({ SHIPLINE_GATES: gates })).toMatchObject({
      SHIPLINE_RELEASE_DIGEST: sha256(MANIFEST),
      SHIPLINE_LOG_LINK: 'https://log',
    });
    expect(readFileSync(join(folder, '.shipline/handed-on/manifest.json'), 'utf8')).toBe(MANIFEST);
  });

  it('gives the gates the release that was packaged, and hands on their plan', () => {
    const gates = `mkdir -p .shipline/reports && cp .shipline/release/manifest.json .shipline/reports/plan.json
      touch .shipline/reports/plan.md`;
    const exported = build({
      SHIPLINE_GATES: gates,
      CODEBUILD_SRC_DIR_Release: givenRelease(),
      SHIPLINE_RELEASE_DIGEST: sha256(MANIFEST),
    });
    expect(exported['SHIPLINE_PLAN_DIGEST']).toBe(sha256(MANIFEST));
    expect(readFileSync(join(folder, '.shipline/handed-on/plan.json'), 'utf8')).toBe(MANIFEST);
  });

  it('gives the gate that compares the plan that was shown, and no other', () => {
    const given = { CODEBUILD_SRC_DIR_Plan: givenPlan('approved'), SHIPLINE_PLAN_DIGEST: sha256('approved') };
    build({ ...given, SHIPLINE_GATES: 'cp .shipline/reports/approved-plan.json seen' });
    expect(readFileSync(join(folder, 'seen'), 'utf8')).toBe('approved');

    const swapped = { ...given, CODEBUILD_SRC_DIR_Plan: givenPlan('swapped') };
    expect(() => build({ ...swapped, SHIPLINE_GATES: 'touch ran' })).toThrow('did NOT match');
    expect(() => readFileSync(join(folder, 'ran'))).toThrow('ENOENT');
  });

  it('runs no gate on a release that was swapped', () => {
    const variables = {
      SHIPLINE_GATES: 'touch ran',
      CODEBUILD_SRC_DIR_Release: givenRelease(),
      SHIPLINE_RELEASE_DIGEST: sha256('another'),
    };
    expect(() => build(variables)).toThrow('did NOT match');
    expect(() => readFileSync(join(folder, 'ran'))).toThrow('ENOENT');
  });

  it('keeps the digest of the approved plan, whatever is planned afterwards', () => {
    const gates = "mkdir -p .shipline/reports && printf 'other' > .shipline/reports/plan.json";
    const exported = build({ SHIPLINE_GATES: gates, SHIPLINE_PLAN_DIGEST: sha256('approved') });
    expect(exported['SHIPLINE_PLAN_DIGEST']).toBe(sha256('approved'));
  });

  it('assumes the role that the job is told, by a profile', () => {
    const gates = 'cp "$AWS_CONFIG_FILE" config && test "$AWS_PROFILE" = shipline';
    build({ SHIPLINE_GATES: gates, SHIPLINE_ROLE_ARN: 'arn:aws:iam::1:role/r', CODEBUILD_BUILD_NUMBER: '7' });
    expect(readFileSync(join(folder, 'config'), 'utf8')).toBe(
      '[profile shipline]\nrole_arn=arn:aws:iam::1:role/r\ncredential_source=EcsContainer\nrole_session_name=shipline-7\n',
    );
  });

  it('tells the gates that a release comes back, when its execution is a rollback', () => {
    build({ ...givenAnswer('ROLLBACK'), ...DIRECTION });
    expect(direction()).toBe('true');
    expect(readFileSync(join(folder, 'asked'), 'utf8')).toBe(
      "codepipeline get-pipeline-execution --pipeline-name shipline --pipeline-execution-id b1 --query pipelineExecution.executionType --output text by the job's own role\n",
    );
  });

  it.each(['STANDARD', 'None'])('tells them nothing of an execution that is %s', (type) => {
    build({ ...givenAnswer(type), ...DIRECTION });
    expect(direction()).toBe('');
  });

  it('asks nobody for a job that is told of no execution', () => {
    build({ ...givenAnswer('ROLLBACK'), SHIPLINE_PIPELINE_EXECUTION: '', ...DIRECTION });
    expect(direction()).toBe('');
    expect(existsSync(join(folder, 'asked'))).toBe(false);
  });

  it('runs no gate when nobody can tell which way it goes', () => {
    expect(() => build({ ...givenAnswer('', 254), ...DIRECTION })).toThrow();
    expect(existsSync(join(folder, 'asked'))).toBe(true);
    expect(existsSync(join(folder, 'direction'))).toBe(false);
  });
});
