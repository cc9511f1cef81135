import { FailureNotice, Notice } from '../ui/notice.js';
import { AuthRefusal } from './auth.js';

/** What the identity provider refused in its own sentence; everything else as any other failure. */
export function AuthFailure({ error }: { error: unknown }) {
  return error instanceof AuthRefusal ? (
    <Notice tone="bad">{error.message}</Notice>
  ) : (
    <FailureNotice error={error} />
  );
}
