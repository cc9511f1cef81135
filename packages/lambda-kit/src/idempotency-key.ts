import { RequestRefusal } from './request-refusal.js';

const PATTERN = /^[A-Za-z0-9_-]{16,128}$/;

/**
 * The request's Idempotency-Key: 16 to 128 letters, digits, `_` or `-`.
 *
 * @throws {RequestRefusal} 400 `IDEMPOTENCY_KEY_REQUIRED` where it is missing or not well formed.
 */
export function idempotencyKey(request: Request): string {
  const key = request.headers.get('idempotency-key');
  if (key !== null && PATTERN.test(key)) return key;
  throw new RequestRefusal(400, 'IDEMPOTENCY_KEY_REQUIRED', {
    detail: 'Send an Idempotency-Key header of 16 to 128 letters, digits, "_" or "-".',
  });
}
