import { beforeAll, describe, expect, it } from 'vitest';
import { buildRoleName, type DeliveredEnvironment } from '../../src/accounts/names.js';
import { type RolePlace, roleArn } from '../../src/accounts/places.js';
import { buildStatements } from '../../src/accounts/tools-stack.js';
import type { Job } from '../../src/delivery/stage.js';
import { delivery } from '../../src/delivery.js';
import { gates } from '../../src/gates/catalogue.js';
import { dev, job as jobOf, prod, toolsAccount } from '../accounts/roles.js';
import { type Actor, type Attempt, answerTo } from '../accounts/simulation.js';
import { toolsPolicies } from '../accounts/tools-policies.js';
import { attemptsOf } from './attempts-of.js';
import { type Call, callsOf, entryOf } from './calls.js';
import { suites } from './suites.js';
import { isUncalled, uncalled } from './uncalled.js';

const places: Readonly<Record<DeliveredEnvironment, RolePlace>> = {
  dev,
  staging: { ...prod, environment: 'staging', account: '100000000003' },
  prod,
};
const build = { ...prod, environment: 'prod', account: toolsAccount } as const;
const actorOf = ({ role }: Job, place: RolePlace): Actor =>
  role === 'build'
    ? {
        principal: roleArn(toolsAccount, buildRoleName),
        statements: buildStatements(`arn:aws:kms:us-east-1:${toolsAccount}:key/release`),
      }
    : jobOf(role, place);

let tools: ReturnType<typeof toolsPolicies>;
const calls = new Map<string, readonly Call[]>();
interface Road {
  readonly title: string;
  readonly job: Job;
  readonly environment: DeliveredEnvironment | undefined;
  readonly place: RolePlace;
}
const jobs: readonly Road[] = delivery.stages.flatMap(({ environment, name, jobs: ofStage }) =>
  ofStage.map((job) => ({
    title: `${name}: ${job.name}`,
    job,
    environment,
    place: environment ? places[environment] : build,
  })),
);

beforeAll(async () => {
  tools = toolsPolicies();
  for (const gate of new Set(jobs.flatMap(({ job }) => job.gates)))
    calls.set(gate, isFile(gate) ? await callsOf(entryOf(gate, suites)) : []);
}, 60_000);

/** Gates of the build that run the checks of `pnpm test` ask nobody. */
const isFile = (gate: Job['gates'][number]) => gates[gate].deployed || !isCheck(gate);
const isCheck = (gate: string) =>
  ['code-quality', 'types', 'unit-tests', 'static-analysis', 'templates'].includes(gate);

/** Keys, and what belongs to the tools account, say themselves who may use them. */
function resourcePolicyOf({ resource, context }: Attempt, place: RolePlace) {
  const policy = () => {
    if (resource.startsWith('arn:aws:s3:::')) return tools.buckets[resource.slice(13).split('/')[0] ?? ''];
    if (!resource.includes(`:${toolsAccount}:`)) return undefined;
    return resource.includes(':signer:')
      ? tools.signer
      : tools.keys[String(context?.['kms:ResourceAliases'])];
  };
  const found = policy();
  if (found) return { owner: tools.owner, policy: found };
  return resource.includes(':kms:') ? { owner: place.account, policy: leavesItToIam(place) } : undefined;
}

const leavesItToIam = ({ account }: RolePlace) => ({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' },
  ],
});

type Asked = ReadonlyMap<string, readonly Call[]>;

/** What a job's role refuses of what gates call. */
async function refused({ job, place, environment }: Omit<Road, 'title'>, asked: Asked): Promise<string[]> {
  const actor = actorOf(job, place);
  const found = new Set<string>();
  for (const [gate, all] of asked)
    for (const call of all.filter((one) => !isUncalled(one, { gate, role: job.role, environment })))
      for (const attempt of attemptsOf(call, place, job.role === 'plan' ? 'plan' : 'deploy')) {
        const context = { ...attempt.context, 'aws:PrincipalArn': actor.principal };
        const answer = await answerTo(actor, { ...attempt, context }, resourcePolicyOf(attempt, place));
        if (answer !== 'Allowed')
          found.add(`${gate}: ${attempt.action} of ${attempt.resource} (${call.module})`);
      }
  return [...found];
}

describe('the role of a job', () => {
  it.each(jobs)('allows what its gates call ($title)', async (one) => {
    const asked = new Map(one.job.gates.map((gate) => [gate, calls.get(gate) ?? []]));

    expect(await refused(one, asked)).toEqual([]);
  });
});

describe('what gates call', () => {
  it('is found along everything that they import', () => {
    const named = (gate: string) =>
      (calls.get(gate) ?? []).map(({ service, operation }) => `${service}:${operation}`);

    expect(named('alarms')).toEqual(expect.arrayContaining(['cloudwatch:DescribeAlarmHistory']));
    expect(named('drill')).toEqual(expect.arrayContaining(['codedeploy:ListDeployments', 'iam:PassRole']));
    expect(named('integration-tests')).toEqual(expect.arrayContaining(['sqs:SetQueueAttributes']));
    expect(named('smoke-tests')).toEqual(expect.arrayContaining(['cloudformation:ListStackResources']));
  });

  it('is found when somebody plants something else', async () => {
    const planted = await callsOf(
      entryOf('alarms', suites),
      `import { SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch'; console.log(new SetAlarmStateCommand({}));`,
    );

    const watch = jobs.find(({ title }) => title === 'prod: watch');
    expect(watch && (await refused(watch, new Map([['alarms', planted]])))).toEqual([
      expect.stringContaining('alarms: cloudwatch:SetAlarmState'),
    ]);
  });

  it('is excepted for a reason that still holds', () => {
    const standings = jobs.flatMap(({ job, environment }) =>
      job.gates.map((gate) => ({ gate, role: job.role, environment })),
    );
    const idle = uncalled.flatMap(({ module, operations, where }) =>
      operations.filter(
        (operation) =>
          !standings.some(
            (standing) =>
              (where?.(standing) ?? true) &&
              calls
                .get(standing.gate)
                ?.some((call) => call.module === module && call.operation === operation),
          ),
      ),
    );
    expect(idle).toEqual([]);
  });
});
