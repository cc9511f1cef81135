import { Refusal } from '@shipline/lambda-kit/refusal';

export const catalogErrorCodes = ['INVALID_CURSOR', 'PRODUCT_NOT_FOUND'] as const;
export type CatalogErrorCode = (typeof catalogErrorCodes)[number];

/** A refusal that the caller can act on. `code` is part of the API; the HTTP status is not decided here. */
export class CatalogError extends Refusal<CatalogErrorCode> {
  override readonly name = 'CatalogError';
}
