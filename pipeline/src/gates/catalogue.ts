import { checkov } from '@shipline/tooling/checks/checkov';
import { integration, journeys, smoke } from '@shipline/tooling/checks/deployed';
import { staticAnalysis } from '@shipline/tooling/checks/security';
import { layers, lint, types, unit } from '@shipline/tooling/checks/static';
import { releasedTemplates } from '@shipline/tooling/checks/templates';
import { alarms } from './alarms.js';
import { apiSecurity } from './api-security.js';
import { approved } from './approved.js';
import { billOfMaterials } from './bill-of-materials.js';
import { gateOf } from './checks.js';
import { contracts } from './contracts.js';
import { deploy } from './deploy.js';
import { drill } from './drill.js';
import { faults } from './faults.js';
import type { Gate } from './gate.js';
import type { GateName } from './gate-names.js';
import { licences } from './licences.js';
import { load } from './load.js';
import { packageGate } from './package.js';
import { plan } from './plan.js';
import { secretDetection } from './secret-detection.js';
import { sign } from './sign.js';
import { syntheticTraffic } from './synthetic-traffic.js';
import { verifyRelease } from './verify-release.js';
import { vulnerabilities } from './vulnerabilities.js';

/** What each name on the road stands for. */
export const gates: Readonly<Record<GateName, Gate>> = {
  'secret-detection': secretDetection,
  'static-analysis': gateOf('Static analysis for security', ['static-analysis'], [staticAnalysis]),
  'code-quality': gateOf('Lint, format and layer rules', ['code-quality'], [lint, layers]),
  types: gateOf('Type check', ['build-code'], [types]),
  'unit-tests': gateOf('Unit, property and infrastructure tests', ['unit-tests'], [unit]),
  templates: gateOf(
    'Templates: cfn-lint, sam validate, checkov',
    ['code-quality', 'static-analysis'],
    [releasedTemplates, checkov],
  ),
  package: packageGate,
  'bill-of-materials': billOfMaterials,
  vulnerabilities,
  licences,
  sign,
  'verify-release': verifyRelease,
  contracts,
  plan,
  approved,
  deploy,
  'smoke-tests': gateOf('Smoke tests', ['acceptance-tests'], [smoke]),
  'integration-tests': gateOf('Integration tests', ['integration-tests'], [integration]),
  journeys: gateOf('Journeys in a browser', ['acceptance-tests'], [journeys]),
  'synthetic-traffic': syntheticTraffic,
  load,
  drill,
  faults,
  'api-security': apiSecurity,
  alarms,
};
