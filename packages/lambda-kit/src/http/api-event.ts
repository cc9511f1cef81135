import type { APIGatewayProxyEvent, APIGatewayProxyEventV2 } from 'aws-lambda';

export interface ApiRequest {
  readonly method?: string;
  readonly path?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string is sent as it is, anything else as JSON. */
  readonly body?: unknown;
  readonly isBase64Encoded?: boolean;
  /** The claim `sub` of whoever is signed in. */
  readonly customerId?: string;
  readonly groups?: readonly string[];
  /** Which of Cognito's tokens they sent; the access token where nothing is said. */
  readonly tokenUse?: 'access' | 'id';
}

/** An HTTP API's event (payload format 2.0), as behind the JWT authorizer where `customerId` is given. */
export function apiEvent(request: ApiRequest = {}): APIGatewayProxyEventV2 {
  const { method = 'GET', path = '/', query = {}, isBase64Encoded = false } = request;
  const body = bodyOf(request);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: new URLSearchParams(query).toString(),
    headers: headersOf(request),
    ...(Object.keys(query).length > 0 && { queryStringParameters: query }),
    requestContext: {
      accountId: '100000000001',
      apiId: 'abc123',
      domainName: 'abc123.execute-api.us-east-1.amazonaws.com',
      domainPrefix: 'abc123',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
      requestId: 'request-1',
      routeKey: '$default',
      stage: '$default',
      time: '01/Jan/2026:00:00:00 +0000',
      timeEpoch: 1_767_225_600_000,
      ...authorizerOf(request),
    },
    ...(body !== undefined && { body }),
    isBase64Encoded,
  };
}

/** A REST API's event (payload format 1.0). */
export function restApiEvent(request: ApiRequest = {}): APIGatewayProxyEvent {
  const { method = 'GET', path = '/', query, isBase64Encoded = false } = request;
  return {
    resource: '/{proxy+}',
    path,
    httpMethod: method,
    headers: headersOf(request),
    multiValueHeaders: {},
    queryStringParameters: query ?? null,
    multiValueQueryStringParameters: null,
    pathParameters: null,
    stageVariables: null,
    requestContext: {
      accountId: '100000000001',
      apiId: 'rest123',
      authorizer: null,
      domainName: 'rest123.execute-api.us-east-1.amazonaws.com',
      httpMethod: method,
      identity: { ...nobody, sourceIp: '192.0.2.1', userAgent: 'test' },
      path,
      protocol: 'HTTP/1.1',
      requestId: 'request-1',
      requestTimeEpoch: 1_767_225_600_000,
      resourceId: 'resource-1',
      resourcePath: '/{proxy+}',
      stage: 'v1',
    },
    body: bodyOf(request) ?? null,
    isBase64Encoded,
  };
}

const nobody = {
  accessKey: null,
  accountId: null,
  apiKey: null,
  apiKeyId: null,
  caller: null,
  clientCert: null,
  cognitoAuthenticationProvider: null,
  cognitoAuthenticationType: null,
  cognitoIdentityId: null,
  cognitoIdentityPoolId: null,
  principalOrgId: null,
  user: null,
  userArn: null,
};

function bodyOf({ body }: ApiRequest): string | undefined {
  return body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
}

const headersOf = ({ headers = {}, body }: ApiRequest): Record<string, string> => ({
  host: 'abc123.execute-api.us-east-1.amazonaws.com',
  ...(body !== undefined && { 'content-type': 'application/json' }),
  ...headers,
});

function authorizerOf({ customerId, groups, tokenUse = 'access' }: ApiRequest) {
  if (customerId === undefined) return {};
  const claims = {
    sub: customerId,
    token_use: tokenUse,
    ...(groups && { 'cognito:groups': `[${groups.join(' ')}]` }),
  };
  return { authorizer: { principalId: '', integrationLatency: 0, jwt: { claims, scopes: [] } } };
}
