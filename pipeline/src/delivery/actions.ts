/**
 * The actions of an application pipeline in AWS's Deployment Pipeline Reference Architecture, by stage; those that it
 * merely recommends say so. Source: https://aws-samples.github.io/aws-deployment-pipeline-reference-architecture/
 */
export const deploymentPipelineActions = {
  'local/pre-commit-hooks': 'required',
  'local/ide-plugins': 'recommended',
  'source/application-code': 'required',
  'source/test-code': 'required',
  'source/infrastructure-code': 'required',
  'source/static-assets': 'required',
  'source/dependency-manifests': 'required',
  'source/static-configuration': 'required',
  'source/database-source': 'recommended',
  'build/build-code': 'required',
  'build/unit-tests': 'required',
  'build/code-quality': 'required',
  'build/secret-detection': 'required',
  'build/static-analysis': 'required',
  'build/package-artifacts': 'required',
  'build/composition-analysis': 'required',
  'build/bill-of-materials': 'required',
  'beta/launch-environment': 'recommended',
  'beta/database-deploy': 'recommended',
  'beta/deploy-software': 'recommended',
  'beta/integration-tests': 'required',
  'beta/acceptance-tests': 'required',
  'gamma/launch-environment': 'required',
  'gamma/database-deploy': 'recommended',
  'gamma/deploy-software': 'required',
  'gamma/monitoring-and-logging': 'required',
  'gamma/synthetic-tests': 'required',
  'gamma/performance-tests': 'recommended',
  'gamma/resilience-tests': 'recommended',
  'gamma/dynamic-security-tests': 'recommended',
  'prod/manual-approval': 'required',
  'prod/database-deploy': 'recommended',
  'prod/progressive-deployment': 'required',
  'prod/synthetic-tests': 'recommended',
} as const satisfies Record<string, 'required' | 'recommended'>;

export type PipelineAction = keyof typeof deploymentPipelineActions;
