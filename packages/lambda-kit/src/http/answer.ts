import { webResponseToProxyResult } from '@aws-lambda-powertools/event-handler/http';
import type { HttpResult } from './finished.js';
import { isV2, methodOf, type NormalisedEvent } from './http-event.js';

export interface Answer {
  readonly method: string;
  /** The pattern that matched, for example `/api/orders/:orderId`; never the path itself. */
  readonly route: string;
  readonly result: HttpResult;
}

/** An answer that no route gave. */
export async function answerOf(event: NormalisedEvent, response: Response): Promise<Answer> {
  const result = await webResponseToProxyResult(response, isV2(event) ? 'ApiGatewayV2' : 'ApiGatewayV1');
  return { method: methodOf(event), route: 'unmatched', result: result as HttpResult };
}
