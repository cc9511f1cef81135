import { root } from '@shipline/tooling/paths';
import { secretExceptions } from '../src/release/secret-exceptions.js';
import { stagedSecrets } from '../src/release/staged-secrets.js';

/** For the pre-commit hook; the gate `secret-detection` looks at every tracked file. */
const findings = await stagedSecrets(root, secretExceptions);
for (const finding of findings) console.error(`✗ ${finding}`);
process.exitCode = findings.length === 0 ? 0 : 1;
