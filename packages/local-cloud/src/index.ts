export { LocalCloudError, type LocalCloudErrorCode } from './errors.js';
export { ensureVenv, type Venv, type VenvOptions } from './python-venv.js';
