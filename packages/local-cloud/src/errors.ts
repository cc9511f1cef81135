export const localCloudErrorCodes = [
  'PYTHON_MISSING',
  'PYTHON_TOO_OLD',
  'PYTHON_WITHOUT_VENV',
  'PYTHON_OVERRIDE_UNUSABLE',
  'PACKAGES_UNREACHABLE',
  'PACKAGES_MISSING',
  'PACKAGES_TAMPERED',
  'PACKAGES_NOT_INSTALLED',
  'DISK_FULL',
  'NODE_MISSING',
  'PLATFORM_UNSUPPORTED',
  'SETTING_INVALID',
  'PORT_IN_USE',
  'STATE_IN_USE',
  'START_FAILED',
  'VERSION_MISMATCH',
  'NOT_HEALTHY',
  'NOT_RUNNING',
  'REQUEST_REFUSED',
] as const;
export type LocalCloudErrorCode = (typeof localCloudErrorCodes)[number];

/**
 * A failure that a person can mend. `message` is one sentence with the way out: commands print it without
 * a stack and end with exit code 1.
 */
export class LocalCloudError extends Error {
  override readonly name = 'LocalCloudError';
  constructor(
    readonly code: LocalCloudErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The `code` of a Node system error (`ENOENT`, `EADDRINUSE`), or undefined. */
export function systemErrorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
