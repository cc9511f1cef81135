import * as z from 'zod/mini';
import { type EventDefinition, envelopeOf, events } from './events/index.js';
import { asRead } from './json-schema.js';

/** JSON Schema (2020-12) of every event's envelope by event type, each with an example. */
export function eventSchemas(
  from: readonly EventDefinition[] = events as readonly EventDefinition[],
): Record<string, unknown> {
  return Object.fromEntries(from.map((event) => [event.type, schemaWithExample(event)]));
}

function schemaWithExample(event: EventDefinition): unknown {
  return {
    ...z.toJSONSchema(envelopeOf(event), { io: 'output', override: asRead }),
    ...(event.deprecated && { deprecated: true }),
    title: event.type,
    examples: [exampleOf(event)],
  };
}

export function exampleOf<T>(event: EventDefinition<T>) {
  return {
    specversion: '1.0' as const,
    id: `${event.source}/example#1`,
    source: event.source,
    type: event.type,
    subject: 'ord_01JZ8QK3T5V7X9BCDEFGHJKMNP',
    time: '2026-11-23T09:00:00.000Z',
    correlationid: 'example-correlation-id',
    data: event.data.parse(event.example),
  };
}
