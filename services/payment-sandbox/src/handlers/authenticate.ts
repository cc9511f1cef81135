import { GatewayError } from '../domain/gateway-error.js';

/** Tells in constant time whether a key is the merchant's. */
export type IsMerchantKey = (key: string) => Promise<boolean>;

const NO_KEY =
  "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').";

/** @throws {GatewayError} where the caller is not the merchant. */
export async function requireMerchant(request: Request, isMerchantKey: IsMerchantKey): Promise<void> {
  const key = keyOf(request);
  if (isPublishable(key))
    throw new GatewayError('secret_key_required', {
      message: 'This API call cannot be made with a publishable API key. Please use a secret API key.',
    });
  if (!(await isMerchantKey(key)))
    throw new GatewayError('api_key_invalid', { message: 'Invalid API Key provided' });
}

/** The card form has a publishable key only. @throws {GatewayError} */
export async function requireAnyKey(request: Request, isMerchantKey: IsMerchantKey): Promise<void> {
  if (!isPublishable(keyOf(request))) await requireMerchant(request, isMerchantKey);
}

/** It is on every page of the shop, so that it is no secret: any that looks like one is taken. */
const isPublishable = (key: string): boolean => /^pk_test_[A-Za-z0-9]{1,200}$/.test(key);

/** Bearer, or Basic with the key as user. */
function keyOf(request: Request): string {
  const [scheme = '', credentials = ''] = (request.headers.get('authorization') ?? '').split(/ +/, 2);
  const key =
    scheme.toLowerCase() === 'basic'
      ? (Buffer.from(credentials, 'base64').toString('utf8').split(':', 1)[0] ?? '')
      : scheme.toLowerCase() === 'bearer'
        ? credentials
        : '';
  if (key === '') throw new GatewayError('api_key_missing', { message: NO_KEY });
  return key;
}
