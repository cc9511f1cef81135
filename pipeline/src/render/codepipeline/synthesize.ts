import { context } from '@shipline/infra/flags';
import { App } from 'aws-cdk-lib';
import type { Delivery } from '../../delivery/stage.js';
import { delivery as road } from '../../delivery.js';
import { PipelineStack } from './pipeline-stack.js';
import type { PipelineSettings } from './settings.js';

/** The CDK app of the tools account: one stack. */
export function pipelineApp(
  settings: PipelineSettings,
  { outdir, delivery = road }: { outdir?: string; delivery?: Delivery } = {},
): PipelineStack {
  const app = new App({ analyticsReporting: false, context: context(), ...(outdir && { outdir }) });
  return new PipelineStack(app, delivery, settings);
}
