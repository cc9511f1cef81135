import { sign } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * The token with other claims, signed by the user pool's own key: what Cognito itself would have signed at another
 * time. Only the local cloud lets anybody have that key; `pnpm test` says where it lies.
 */
export function signedAnew(token: string, claims: object): string {
  const [header = '', payload = ''] = token.split('.');
  const before = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  const content = `${header}.${Buffer.from(JSON.stringify({ ...before, ...claims })).toString('base64url')}`;
  return `${content}.${sign('RSA-SHA256', Buffer.from(content), poolKey()).toString('base64url')}`;
}

function poolKey(): string {
  const file = process.env['SHIPLINE_TOKEN_KEY'];
  if (!file) throw new Error('SHIPLINE_TOKEN_KEY is not set: run these tests by `pnpm test --only local`.');
  return readFileSync(file, 'utf8');
}
