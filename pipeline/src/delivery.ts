import type { Delivery, Job } from './delivery/stage.js';

/** Every environment is reached in the same way: what was built is checked, compared, and only then deployed. */
const deploy: Job = {
  name: 'deploy',
  role: 'deploy',
  gates: ['verify-release', 'contracts', 'plan', 'deploy', 'smoke-tests'],
};

/**
 * The road to prod. Whatever runs a release (CodePipeline, GitHub Actions, GitLab CI, the laptop) is rendered from
 * this value by `pnpm run pipeline render`; a gate is a file in gates/, and `pnpm gate <name>` runs it anywhere.
 */
export const delivery: Delivery = {
  // A change of words releases nothing.
  source: { branch: 'main', ignores: ['docs/**', '**/*.md'] },
  stages: [
    {
      name: 'build',
      reference: 'build',
      budgetMinutes: 10,
      jobs: [
        {
          name: 'check',
          role: 'build',
          // What is found at once comes first.
          gates: ['secret-detection', 'code-quality', 'types', 'unit-tests', 'static-analysis', 'templates'],
        },
        {
          name: 'package',
          role: 'build',
          gates: ['package', 'bill-of-materials', 'vulnerabilities', 'licences', 'sign'],
        },
      ],
    },
    {
      name: 'dev',
      reference: 'beta',
      environment: 'dev',
      budgetMinutes: 30,
      jobs: [deploy, { name: 'test', role: 'test', gates: ['integration-tests', 'journeys'] }],
    },
    {
      name: 'staging',
      reference: 'gamma',
      environment: 'staging',
      budgetMinutes: 30,
      jobs: [
        deploy,
        {
          name: 'test',
          role: 'test',
          // The alarms are watched before anything is harmed on purpose.
          gates: ['journeys', 'synthetic-traffic', 'load', 'api-security', 'alarms', 'faults'],
        },
        // It releases something bad and takes it back: with the rights of a deployment.
        { name: 'rehearse', role: 'deploy', gates: ['drill'] },
      ],
    },
    {
      name: 'approval',
      reference: 'prod',
      environment: 'prod',
      budgetMinutes: 10,
      jobs: [{ name: 'plan', role: 'plan', gates: ['verify-release', 'contracts', 'plan'] }],
      approval: { hours: 72 },
    },
    {
      name: 'prod',
      reference: 'prod',
      environment: 'prod',
      budgetMinutes: 60,
      // Somebody is there when it goes wrong.
      window: { days: 'MON-THU', hours: [8, 15] },
      jobs: [
        { ...deploy, gates: ['verify-release', 'contracts', 'plan', 'approved', 'deploy', 'smoke-tests'] },
        { name: 'watch', role: 'test', gates: ['synthetic-traffic', 'alarms'] },
      ],
    },
  ],
};
