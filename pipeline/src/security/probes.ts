import { type Endpoint, pathOf } from '@shipline/contracts';

/** A request that must be refused, and how. */
export interface Probe {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Statuses of which any will do. */
  readonly refusedWith: readonly number[];
}

export interface Victim {
  readonly accessToken: string;
  /** An order of somebody else. */
  readonly strangersOrder: string;
}

/** Well-formed values of path parameters, which name nothing. */
const absent: Readonly<Record<string, string>> = {
  sku: 'NOTHING',
  orderId: 'ord_00000000000000000000000000',
  token: 'A'.repeat(43),
};

/** What has opened other shops: of databases, shells, templates, file systems, headers and logs. */
export const injections = [
  "' OR '1'='1",
  '"; DROP TABLE orders;--',
  '{"$gt":""}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what Log4j would have looked up.
  '${jndi:ldap://127.0.0.1/a}',
  '{{7*7}}',
  '$(sleep 5)',
  '../../../../etc/passwd',
  '<script>alert(1)</script>',
  '\r\nSet-Cookie: a=b',
  'A\u0000B',
] as const;

/** More than API Gateway lets a function see: 10 MB is its limit, ours is far below. */
const OVERSIZE = 1_000_000;

/** What a generator of requests does not think of: whose order it is, who signed a token, how large a body may be. */
export function probesOf(endpoints: readonly Endpoint[], { accessToken, strangersOrder }: Victim): Probe[] {
  const signedIn = { authorization: `Bearer ${accessToken}` };
  return endpoints.flatMap((endpoint) => [
    ...(endpoint.auth === 'customer' ? badTokens(endpoint, accessToken) : []),
    ...(endpoint.path.includes('{orderId}') ? [strangers(endpoint, strangersOrder, signedIn)] : []),
    ...(endpoint.body ? [oversize(endpoint, signedIn)] : []),
    ...injected(endpoint, signedIn),
  ]);
}

function badTokens(endpoint: Endpoint, accessToken: string): Probe[] {
  const [header = '', payload = '', signature = ''] = accessToken.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const another = encoded({ ...claims, sub: '00000000-0000-4000-8000-000000000000' });
  const tokens = {
    'no token': undefined,
    nonsense: 'nonsense',
    'another customer under the old signature': `${header}.${another}.${signature}`,
    'no signature': `${encoded({ alg: 'none' })}.${payload}.`,
    'a signature by a shared secret': `${encoded({ alg: 'HS256' })}.${payload}.${signature}`,
  };
  return Object.entries(tokens).map(([name, token]) => ({
    ...request(endpoint),
    name: `${title(endpoint)} with ${name}`,
    ...(token !== undefined && { headers: { authorization: `Bearer ${token}` } }),
    refusedWith: [401],
  }));
}

const strangers = (endpoint: Endpoint, orderId: string, headers: Probe['headers'] & object): Probe => ({
  ...request(endpoint, { orderId }),
  name: `${title(endpoint)} of another customer`,
  headers,
  // As if it were not there: ids cannot be probed.
  refusedWith: [404],
});

const oversize = (endpoint: Endpoint, headers: Record<string, string>): Probe => ({
  ...request(endpoint),
  name: `${title(endpoint)} with an oversize body`,
  headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': 'security-oversize-1' },
  body: JSON.stringify({ lines: 'x'.repeat(OVERSIZE) }),
  refusedWith: [413],
});

/** In each path parameter: refused, whatever is made of it. */
function injected(endpoint: Endpoint, headers: Record<string, string>): Probe[] {
  const names = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return names.flatMap((name) =>
    injections.map((value) => ({
      ...request(endpoint, { [name]: value }),
      name: `${title(endpoint)} with ${JSON.stringify(value)} as ${name}`,
      headers,
      refusedWith: [400, 403, 404, 415, 422],
    })),
  );
}

const title = ({ method, path }: Endpoint) => `${method} ${path}`;

const request = (endpoint: Endpoint, params: Readonly<Record<string, string>> = {}) => ({
  method: endpoint.method,
  path: pathOf(endpoint, { ...absent, ...params }),
});
