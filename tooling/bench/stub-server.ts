import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Answers every AWS call at once with the emptiest valid reply, so that a first invocation measures our code
 * and the SDKs, not a database.
 */
export async function startStubServer(): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const target = String(request.headers['x-amz-target'] ?? '');
      response.setHeader('content-type', 'application/x-amz-json-1.0');
      response.end(JSON.stringify(target.endsWith('.GetSecretValue') ? secret : {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

const secret = { SecretString: JSON.stringify({ apiKey: 'sk_test_bench', webhookSecret: 'whsec_bench' }) };
