import * as z from 'zod/mini';
import type { Endpoint } from './api/endpoint.js';
import { endpoints } from './api/index.js';
import { asRead } from './json-schema.js';
import { commonProblems, ProblemDocument } from './problem.js';

type Json = Record<string, unknown>;

/** OpenAPI 3.1 document of the whole shop, made from the endpoints: never edited by hand. */
export function openApiDocument(version: string, from: Readonly<Record<string, Endpoint>> = endpoints): Json {
  const paths: Record<string, Json> = {};
  for (const [operationId, endpoint] of Object.entries(from)) {
    paths[endpoint.path] = {
      ...paths[endpoint.path],
      [endpoint.method.toLowerCase()]: operation(operationId, endpoint),
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Shipline',
      version,
      description: 'The shop: products, carts and orders. Refusals are RFC 9457 problem documents.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(Object.values(from).map(({ service }) => service))].map((name) => ({ name })),
    paths,
    components: {
      schemas: { Problem: schemaOf(ProblemDocument, 'output') },
      securitySchemes: {
        customer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'Cognito access token',
        },
      },
    },
  };
}

function operation(operationId: string, endpoint: Endpoint): Json {
  return {
    operationId,
    tags: [endpoint.service],
    summary: endpoint.summary,
    ...(endpoint.deprecated && { deprecated: true }),
    security: endpoint.auth === 'customer' ? [{ customer: [] }] : [],
    parameters: [
      ...parametersOf(endpoint.params, 'path'),
      ...parametersOf(endpoint.query, 'query'),
      ...(endpoint.idempotent ? [idempotencyKey] : []),
    ],
    ...(endpoint.body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: schemaOf(endpoint.body, 'input') } },
      },
    }),
    responses: { [endpoint.status]: successOf(endpoint), ...problemsOf(endpoint) },
  };
}

const idempotencyKey: Json = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description:
    'Chosen by the caller, once per thing to be done; repeating a request with it repeats the answer.',
  schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{16,128}$' },
};

function parametersOf(schema: z.ZodMiniType | undefined, where: 'path' | 'query'): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    ...(property['deprecated'] === true && { deprecated: true }),
    schema: property,
  }));
}

function successOf({ reply, summary }: Endpoint): Json {
  return {
    description: summary,
    ...(reply && { content: { 'application/json': { schema: schemaOf(reply, 'output') } } }),
  };
}

/** One response per status; the codes that it can carry are named in its description. */
function problemsOf(endpoint: Endpoint): Record<string, Json> {
  const own: Record<string, number> = { ...commonProblems, ...endpoint.problems };
  const codes = new Map<number, string[]>();
  for (const [code, status] of Object.entries(own)) codes.set(status, [...(codes.get(status) ?? []), code]);
  const responses: Record<string, Json> = {};
  for (const [status, names] of codes) {
    responses[status] = {
      description: names.join(', '),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    };
  }
  if (endpoint.auth === 'customer') {
    // API Gateway's own reply, before any function runs; and ours to an ID token, which it lets through.
    responses['401'] = {
      description: 'No valid access token',
      content: {
        'application/json': { schema: { type: 'object', properties: { message: { type: 'string' } } } },
        'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
      },
    };
  }
  return responses;
}

export function schemaOf(schema: z.ZodMiniType, io: 'input' | 'output'): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: asRead,
  }) as Json;
  return json;
}
