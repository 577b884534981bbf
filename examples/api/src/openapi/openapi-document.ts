import { OpenAPIRegistry, OpenApiGeneratorV31, type ResponseConfig, type RouteConfig } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { IDEMPOTENCY_KEY_PATTERN } from '../idempotency/idempotency-key.ts';
import { type ProblemCode, problemCodes, problemKind, problemTypeUri } from '../problems/problem-table.ts';
import type { JsonRoute, Route } from '../routes/route.ts';
import { ProblemResource } from '../schemas/problem.ts';

export type OpenApiDocument = ReturnType<OpenApiGeneratorV31['generateDocument']>;

const description = [
  'The REST API of a photoorg library: photos, the faces in them, and who they are.',
  'Every error is a problem document (RFC 9457) with a stable `code`. Every change takes an `Idempotency-Key`.',
].join(' ');

const tags = [
  { name: 'Photos', description: 'What was indexed.' },
  { name: 'Faces', description: 'Faces found in the photos, and their labels.' },
  { name: 'People', description: 'Who the faces are.' },
  { name: 'Search', description: 'Words and vectors.' },
  { name: 'Review', description: 'Questions worth asking, and labels certain enough not to ask.' },
  { name: 'Health', description: 'For supervisors.' },
];

/** What any route can answer with: they are refused or fail before or behind the route itself. */
const commonProblems: ProblemCode[] = [
  'HOST_NOT_ALLOWED',
  'UNAUTHENTICATED',
  'RATE_LIMITED',
  'VALIDATION_FAILED',
  'BAD_REQUEST',
  'DATABASE_UNAVAILABLE',
  'LIBRARY_CLOSED',
  'INTERNAL_ERROR',
];

const bodyProblems: ProblemCode[] = ['MALFORMED_JSON', 'JSON_TOO_DEEP', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'];

const changeProblems: ProblemCode[] = ['IDEMPOTENCY_KEY_INVALID', 'IDEMPOTENCY_KEY_REUSED', 'IDEMPOTENCY_IN_PROGRESS'];

/** The OpenAPI 3.1 description of the routes, from the same schemas that check their requests. */
export function openApiDocument(routes: readonly Route[]): OpenApiDocument {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer' });
  for (const code of problemCodes) registry.registerComponent('examples', code, { value: exampleProblem(code) });
  for (const route of routes) registry.registerPath(operation(route));
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: { title: 'photoorg', version: '1.0.0', description, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/api' }],
    tags,
    // A server on this machine takes requests without a token; one that others can reach does not.
    security: [{}, { token: [] }],
  });
}

function operation(route: Route): RouteConfig {
  const { method, path, operationId, summary, description, tag } = route;
  return {
    method,
    path,
    operationId,
    summary,
    ...(description && { description }),
    tags: [tag],
    request: {
      params: route.params as z.ZodObject | undefined,
      query: route.query as z.ZodObject | undefined,
      ...(route.kind === 'json' && route.idempotencyKey && { headers: idempotencyHeader(route.idempotencyKey) }),
      ...(route.kind === 'image' && { headers: RANGE_HEADERS }),
      ...(route.body && { body: { required: true, content: { 'application/json': { schema: route.body } } } }),
    },
    responses: { ...success(route), ...problemResponses(problemsOf(route)) },
  };
}

const RANGE_HEADERS = z.object({
  Range: z.string().optional().meta({ description: 'A part: the first 100 bytes, say.', example: 'bytes=0-99' }),
  'If-Range': z.string().optional().meta({ description: 'ETag of the parts one has: another image is sent whole.' }),
});

function idempotencyHeader(use: NonNullable<JsonRoute['idempotencyKey']>) {
  const key = z.string().regex(IDEMPOTENCY_KEY_PATTERN).meta({
    description:
      'A fresh random key for every new request; the same key with the same request answers the first answer again, for 24 hours.',
    example: '6f1c9a52-9d0e-4d9e-a6d3-6f9f2f6a1c11',
  });
  return z.object({ 'Idempotency-Key': use === 'required' ? key : key.optional() });
}

function success(route: Route): Record<string, ResponseConfig> {
  if (route.kind === 'image') {
    const bytes = z.string().meta({ format: 'binary' });
    return {
      200: { description: 'The image.', content: { 'image/*': { schema: bytes } } },
      206: { description: 'The part that Range asks for.', content: { 'image/*': { schema: bytes } } },
      304: { description: 'Not changed.' },
    };
  }
  const status = route.status ?? 200;
  const headers = {
    ...(route.idempotencyKey && {
      'Idempotent-Replayed': {
        description: 'The stored answer of an earlier request.',
        schema: { type: 'string' as const, enum: ['true'] },
      },
    }),
    ...(route.location && { Location: { description: 'Address of what was made.', schema: { type: 'string' as const } } }),
  };
  const answer = { description: route.summary, headers, content: { 'application/json': { schema: route.resource } } };
  return route.method === 'get' ? { [status]: answer, 304: { description: 'Not changed.' } } : { [status]: answer };
}

/** Every code a route can answer with. */
export function problemsOf(route: Route): ProblemCode[] {
  const isChange = route.kind === 'json' && route.idempotencyKey !== undefined;
  return [
    ...commonProblems,
    ...(route.body ? bodyProblems : []),
    ...(isChange ? changeProblems : []),
    ...(isChange && route.idempotencyKey === 'required' ? (['IDEMPOTENCY_KEY_REQUIRED'] as const) : []),
    ...(route.kind === 'image' ? (['RANGE_NOT_SATISFIABLE'] as const) : []),
    ...(route.method === 'get' ? [] : (['CROSS_SITE_REQUEST'] as const)),
    ...route.problems,
  ];
}

function problemResponses(codes: ProblemCode[]): Record<string, ResponseConfig> {
  const byStatus = Map.groupBy(codes, (code) => problemKind(code).status);
  return Object.fromEntries(
    [...byStatus].sort(([a], [b]) => a - b).map(([status, ofStatus]) => [status, problemResponse(ofStatus)]),
  );
}

function problemResponse(codes: ProblemCode[]): ResponseConfig {
  const examples = Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]));
  const headers = codes.some((code) => problemKind(code).retryAfterSeconds) && {
    'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' as const } },
  };
  return {
    description: codes.map((code) => `\`${code}\` ${problemKind(code).title}.`).join(' '),
    ...(headers && { headers }),
    content: { 'application/problem+json': { schema: ProblemResource, examples } },
  };
}

function exampleProblem(code: ProblemCode): ProblemResource {
  const { status, title, retryAfterSeconds } = problemKind(code);
  return {
    type: problemTypeUri(code),
    title,
    status,
    detail: `${title}.`,
    code,
    instance: 'urn:uuid:3b1f0c5e-8a7d-4c57-9f43-0d1f6f0f7a90',
    retryable: retryAfterSeconds !== undefined,
  };
}
