import { eventSchemas } from '@shipline/contracts/event-schemas';
import { openApiDocument } from '@shipline/contracts/openapi';
import type { PublishedContracts } from '../../src/contracts/compare.js';

const text = JSON.stringify({ api: openApiDocument('1.0.0'), events: eventSchemas() });
/** What the sources publish. */
export const published = () => JSON.parse(text) as PublishedContracts;

export type Path = readonly string[];
export type Change = (contracts: PublishedContracts) => void;

/** The same after somebody's change. */
export function changed(...changes: Change[]): PublishedContracts {
  const contracts = published();
  for (const change of changes) change(contracts);
  return contracts;
}

export const partAt = (contracts: unknown, path: Path) =>
  path.reduce((found, key) => (found as Record<string, unknown>)[key], contracts) as Record<string, unknown>;
export const put =
  (path: Path, value: unknown): Change =>
  (contracts) => {
    partAt(contracts, path.slice(0, -1))[path.at(-1) ?? ''] = value;
  };
export const drop =
  (path: Path): Change =>
  (contracts) => {
    delete partAt(contracts, path.slice(0, -1))[path.at(-1) ?? ''];
  };
export const push =
  (path: Path, value: unknown): Change =>
  (contracts) => {
    (partAt(contracts, path) as unknown as unknown[]).push(value);
  };

export const placeOrder = ['api', 'paths', '/api/orders', 'post'];
const json = ['content', 'application/json', 'schema'];
export const body = [...placeOrder, 'requestBody', ...json];
export const reply = [...placeOrder, 'responses', '202', ...json];
export const captured = ['events', 'payment.captured.v1'];
export const data = [...captured, 'properties', 'data'];
