import { startCloud } from '../src/start-cloud.js';

/** usage: start-cloud-script.ts <port> <state directory> <python> <extension>. Holds a cloud until it is killed. */
const [port, stateDir, python = '', extension = ''] = process.argv.slice(2);
const cloud = await startCloud({
  port: Number(port),
  stateDir,
  runtime: { python, extension },
  log: console.log,
});
console.log(`started ${cloud.pid}`);
await cloud.exited;
