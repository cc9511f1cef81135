import * as z from 'zod/mini';

/** One thing wrong with a request: where (dotted path) and what. Values are never echoed. */
export const ProblemField = z.object({ path: z.string(), message: z.string() });

/**
 * RFC 9457 problem details, `application/problem+json`. `code` is stable and part of the API; `title` and
 * `detail` are for people.
 */
export const ProblemDocument = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.optional(z.string()),
  correlationId: z.optional(z.string()),
  errors: z.optional(z.array(ProblemField)),
});
export type ProblemDocument = z.infer<typeof ProblemDocument>;

/** Refusals that every service can give; the kit answers them. */
export const commonProblems = {
  MALFORMED_JSON: 400,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  BODY_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  INVALID_REQUEST: 422,
} as const;
