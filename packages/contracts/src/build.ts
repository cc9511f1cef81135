import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { eventSchemas } from './event-schemas.js';
import { openApiDocument } from './openapi.js';

/** Writes dist/openapi.json (published as `GET /api/openapi.json`) and dist/events/<type>.json. */
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const write = (path: string, value: unknown) => writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);

mkdirSync('dist/events', { recursive: true });
write('dist/openapi.json', openApiDocument(version));
for (const [type, schema] of Object.entries(eventSchemas())) write(`dist/events/${type}.json`, schema);
