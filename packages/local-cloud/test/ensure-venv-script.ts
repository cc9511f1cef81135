import { LocalCloudError } from '../src/errors.js';
import { ensureVenv } from '../src/python-venv.js';

/** usage: ensure-venv-script.ts <directory> <requirements file>. Installs as a command would, and prints the folder. */
const [directory = '', requirementsFile = ''] = process.argv.slice(2);
try {
  const venv = await ensureVenv({ name: 'tools', directory, requirementsFile, log: console.log });
  console.log(`ready ${venv.directory}`);
} catch (error) {
  console.log(error instanceof LocalCloudError ? error.message : error);
  process.exitCode = 1;
}
