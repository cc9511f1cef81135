import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { eventSchemas } from './event-schemas.js';
import { openApiDocument } from './openapi.js';

/** Writes dist/openapi.json and dist/events.json (published below `/api/`), and dist/events/<type>.json. */
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const write = (path: string, value: unknown) => writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);

mkdirSync('dist/events', { recursive: true });
write('dist/openapi.json', openApiDocument(version));
const schemas = eventSchemas();
write('dist/events.json', schemas);
for (const [type, schema] of Object.entries(schemas)) write(`dist/events/${type}.json`, schema);
