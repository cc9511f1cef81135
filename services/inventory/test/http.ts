import type { HttpEntryOptions, HttpHandler } from '@shipline/lambda-kit';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';

const quiet = () => {};
export const silently: HttpEntryOptions = {
  logger: { debug: quiet, info: quiet, warn: quiet, error: quiet, addContext: quiet },
};

export const lambdaContext = { awsRequestId: 'request-0123456789' } as Context;

/** Calls an HTTP entry as API Gateway does, and reads its JSON answer. */
export async function get(handler: HttpHandler, path: string, query: Record<string, string> = {}) {
  const event = {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: new URLSearchParams(query).toString(),
    queryStringParameters: query,
    headers: { host: 'shop.example' },
    requestContext: {
      http: { method: 'GET', path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
      domainName: 'shop.example',
    },
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEventV2;
  const { statusCode, body } = await handler(event, lambdaContext);
  return { statusCode, body: JSON.parse(body) };
}
