import { Tracer } from '@aws-lambda-powertools/tracer';
import type { AnnotateTrace } from './scope.js';
import { captureTraceable } from './traceable.js';

const tracer = new Tracer();
// Taken once, while the SDK is loaded: what a later invocation inherits from that async context is an accident.
const invocationSegment = tracer.getSegment();
captureTraceable((client) => tracer.captureAWSv3Client(client));

/** Only for sampled invocations; everything else imports `traced`. */
export function inSubsegment<T>(
  name: string,
  run: (annotateTrace?: AnnotateTrace) => Promise<T>,
): Promise<T> {
  if (!invocationSegment) return run();
  return tracer.provider.getNamespace().runAndReturn(async () => {
    tracer.setSegment(invocationSegment);
    const segment = tracer.getSegment()?.addNewSubsegment(name);
    if (!segment) return run();
    tracer.setSegment(segment);
    tracer.annotateColdStart();
    tracer.addServiceNameAnnotation();
    try {
      return await run((key, value) => segment.addAnnotation(key, value));
    } catch (error) {
      segment.addErrorFlag();
      segment.addError(error as Error, false);
      throw error;
    } finally {
      segment.close();
    }
  });
}
