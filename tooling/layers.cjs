/**
 * Imports point one way: functions -> handlers -> application -> domain; adapters implement ports.
 * Services know each other only through contracts. Read by `pnpm lint:layers`; tooling/test/layers.test.ts
 * plants one violation per rule, because a checker that sees no modules is green too.
 */
const inService = (layer) => `^services/([^/]+)/src/${layer}/`;
const elsewhere = (...layers) => `^services/[^/]+/src/(?!(?:${layers.join('|')})(?:/|\\.ts$))`;
const thirdParty = { dependencyTypes: ['npm', 'npm-dev', 'npm-no-pkg', 'npm-unknown', 'core'] };

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'domain-is-pure',
      comment: 'Rules know no I/O: zod, the contracts and the kit’s refusals are all they import.',
      severity: 'error',
      from: { path: inService('domain') },
      to: { path: elsewhere('domain') },
    },
    {
      name: 'domain-imports-no-library',
      severity: 'error',
      from: { path: inService('domain') },
      to: { ...thirdParty, pathNot: 'node_modules/zod/' },
    },
    {
      name: 'rules-know-no-plumbing',
      comment: 'Of the kit, rules and use cases use the vocabulary only.',
      severity: 'error',
      from: { path: '^services/[^/]+/src/(?:domain|application|ports)/' },
      to: {
        path: '^packages/lambda-kit/src/(?!(?:refusal|clock|cursor|ids|measurement|outgoing-event|synthetic)\\.ts$)',
      },
    },
    {
      name: 'ports-know-the-domain-only',
      severity: 'error',
      from: { path: inService('ports') },
      to: { path: elsewhere('domain', 'ports') },
    },
    {
      name: 'application-knows-domain-and-ports',
      severity: 'error',
      from: { path: inService('application') },
      to: { path: elsewhere('application', 'domain', 'ports') },
    },
    {
      name: 'application-imports-no-library',
      severity: 'error',
      from: { path: inService('application') },
      to: { ...thirdParty, pathNot: 'node_modules/zod/' },
    },
    {
      name: 'handlers-do-not-reach-adapters',
      severity: 'error',
      from: { path: inService('handlers') },
      to: { path: elsewhere('handlers', 'application', 'domain', 'ports') },
    },
    {
      name: 'adapters-implement-ports',
      severity: 'error',
      from: { path: inService('adapters') },
      to: { path: elsewhere('adapters', 'ports', 'domain') },
    },
    {
      name: 'nobody-imports-a-function',
      severity: 'error',
      from: { pathNot: '/src/functions/|/test/' },
      to: { path: inService('functions') },
    },
    {
      name: 'services-meet-in-contracts-only',
      severity: 'error',
      from: { path: '^services/([^/]+)/' },
      to: { path: '^services/([^/]+)/', pathNot: '^services/$1/' },
    },
    {
      name: 'packages-know-no-service',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^(?:services|infra|tests)/' },
    },
    {
      name: 'contracts-stand-alone',
      severity: 'error',
      from: { path: '^packages/contracts/src/' },
      to: { path: '^packages/(?!contracts/)' },
    },
    {
      name: 'test-code-stays-in-tests',
      severity: 'error',
      from: { path: '^(?:services|packages)/[^/]+/src/', pathNot: '^packages/testing/' },
      to: { path: '^packages/testing/|/test/' },
    },
    {
      name: 'the-browser-gets-contracts-only',
      severity: 'error',
      from: { path: '^services/storefront/src/' },
      to: { path: '^packages/(?!contracts/)' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'everything-resolves',
      comment: 'An import that does not resolve would hide behind every other rule.',
      severity: 'error',
      from: {},
      // aws-lambda has types only.
      to: { couldNotResolve: true, pathNot: '^aws-lambda$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(?:dist|cdk\\.out|\\.turbo)/' },
    // dependency-cruiser reads TypeScript below 7 only; swc parses ours (and fails loudly when it is missing).
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.css'],
    },
  },
};
