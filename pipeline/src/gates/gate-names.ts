/** Every gate of the road, and what its name stands for. */
export const gateNames = [
  // Build
  'secret-detection',
  'code-quality',
  'types',
  'unit-tests',
  'static-analysis',
  'templates',
  'package',
  'bill-of-materials',
  'vulnerabilities',
  'licences',
  'sign',
  // Every environment
  'verify-release',
  'contracts',
  'plan',
  'approved',
  'deploy',
  'smoke-tests',
  // Tests of what is deployed
  'integration-tests',
  'journeys',
  'synthetic-traffic',
  'load',
  'drill',
  'faults',
  'api-security',
  'alarms',
] as const;

export type GateName = (typeof gateNames)[number];
