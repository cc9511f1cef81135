export {
  adoptLocalAws,
  type LocalAws,
  localAwsEnvironment,
  localProcessEnvironment,
} from './aws-environment.js';
export {
  type CloudStatus,
  cloudStatus,
  resetCloud,
  type StateOptions,
  type StopOptions,
  stopCloud,
} from './cloud.js';
export {
  type CloudPlace,
  type CloudUrls,
  cloudPlace,
  cloudUrls,
  defaultPort,
  parsePort,
} from './cloud-settings.js';
export { LocalCloudError, type LocalCloudErrorCode } from './errors.js';
export { withFileLock } from './file-lock.js';
export { defaultStateDirectory, pinnedNodeDirectory, repositoryRoot, workDirectory } from './paths.js';
export { ensureVenv, type Venv, type VenvOptions } from './python-venv.js';
export {
  type CloudHealth,
  cloudHealth,
  type FrontDoor,
  openFrontDoors,
  setMinuteSeconds,
  waitUntilHealthy,
} from './server-client.js';
export type { CloudRuntime, Ending } from './server-process.js';
export { type RunningCloud, type StartOptions, startCloud } from './start-cloud.js';
export { tokenKeyFile } from './state-directory.js';
