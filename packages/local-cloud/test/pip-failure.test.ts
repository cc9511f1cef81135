import { expect, test } from 'vitest';
import { explainPipFailure } from '../src/pip-failure.js';

const cases = [
  ['DISK_FULL', 'ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device'],
  ['PACKAGES_TAMPERED', 'ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.'],
  [
    'PACKAGES_UNREACHABLE',
    "WARNING: Retrying after connection broken by 'NewConnectionError(...): Failed to establish a new connection: [Errno -3] Temporary failure in name resolution'",
  ],
  ['PACKAGES_UNREACHABLE', "WARNING: connection broken by 'ProxyError('Cannot connect to proxy.')'"],
  ['PACKAGES_UNREACHABLE', 'SSLError(SSLCertVerificationError(1, [SSL: CERTIFICATE_VERIFY_FAILED]'],
  ['PACKAGES_UNREACHABLE', 'ERROR: HTTP error 503 while getting /simple/boto3/'],
  [
    'PACKAGES_UNREACHABLE',
    'ERROR: Could not find a version that satisfies the requirement boto3==1 (from versions: none)\nERROR: No matching distribution found for boto3==1',
  ],
  [
    'PACKAGES_MISSING',
    'ERROR: Could not find a version that satisfies the requirement boto3==1 (from versions: 2, 3)\nERROR: No matching distribution found for boto3==1',
  ],
  ['PACKAGES_NOT_INSTALLED', ''],
] as const;

test.each(cases)('explains %s by what pip printed', (code, output) => {
  const failure = explainPipFailure('the tools', output, '/repo/tools.log');

  expect(failure.code).toBe(code);
  expect(failure.message).toMatch(
    /^Could not install the tools: [^\n]+\. The whole output is in \/repo\/tools\.log\.$/,
  );
});

test('names the package that an incomplete index lacks', () => {
  const output = 'ERROR: No matching distribution found for boto3==1.43.106 (from -r x)';

  expect(explainPipFailure('the tools', output, 'tools.log').message).toContain(
    'does not have boto3==1.43.106 for this Python',
  );
});
