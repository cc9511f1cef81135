/** What other tools need to know of the infrastructure; importing it does not load the CDK. */
export * from './environment.js';
export * from './environments.js';
export * from './names.js';
export { sandboxParameters } from './sam-config.js';
export * from './stack-graph.js';
export * from './state.js';
