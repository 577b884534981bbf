import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect } from 'vitest';
import type { OpenApiDocument } from '../../src/index.ts';
import type { Received, Sent } from './send.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

interface Operation {
  operationId: string;
  parameters?: { name: string; in: string; required?: boolean; schema: Json }[];
  requestBody?: { content: Record<string, { schema: Json }> };
  responses: Record<string, { content?: Record<string, { schema: Json }>; headers?: Record<string, unknown> }>;
}

export interface DescribedOperation extends Operation {
  method: string;
  /** `/faces/{faceId}`. */
  path: string;
}

/**
 * Checks requests and answers against an OpenAPI document as a server publishes it. Objects of answers are checked as closed:
 * a field that the document does not name has leaked.
 */
export class Contract {
  readonly operations: DescribedOperation[];
  /** `operationId status` of every answer checked so far. */
  readonly seen = new Set<string>();
  readonly #ajv: Ajv2020;
  readonly #validators = new Map<string, ValidateFunction>();
  readonly #components: Json;

  constructor(document: OpenApiDocument) {
    this.operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({
        ...(operation as unknown as Operation),
        method: method.toUpperCase(),
        path,
      })),
    );
    this.#components = JSON.parse(JSON.stringify({ components: document.components })) as Json;
    this.#ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(this.#ajv);
    this.#ajv.addSchema(this.#components as object, 'request:');
    this.#ajv.addSchema(closed(this.#components) as object, 'answer:');
  }

  operation(operationId: string): DescribedOperation {
    const operation = this.operations.find((one) => one.operationId === operationId);
    if (!operation) throw new Error(`No operation ${operationId} in the document.`);
    return operation;
  }

  /** Expects what a well-behaved client sends to be what the document asks for. */
  checkRequest(operation: DescribedOperation, sent: Sent): void {
    const query = new URL(sent.path, 'http://localhost').searchParams;
    for (const { name, required, in: place } of operation.parameters ?? []) {
      if (place === 'query' && required) expect(query.has(name), `${operation.operationId} ?${name}`).toBe(true);
    }
    const schema = operation.requestBody?.content['application/json']?.schema;
    expect(sent.body !== undefined, `${operation.operationId} has a body`).toBe(schema !== undefined);
    if (schema !== undefined) this.#check('request:', schema, sent.body, `${operation.operationId} request`);
  }

  /** Expects an answer to be one that the document names for this operation: status, content type and every field. */
  checkAnswer(operation: DescribedOperation, received: Received): void {
    const where = `${operation.operationId} ${received.status}`;
    const response = operation.responses[received.status];
    expect(response, `${where} is described: ${received.text.slice(0, 500)}`).toBeDefined();
    this.seen.add(where);
    if (!response?.content) return void expect(received.bytes.length, where).toBe(0);
    const type = String(received.headers['content-type']).split(';', 1)[0]!;
    const media = response.content[type] ?? response.content[type.replace(/\/.*/, '/*')];
    expect(media, `${where} has the content type ${type}`).toBeDefined();
    if (!type.endsWith('json')) return void expect(received.bytes.length, where).toBeGreaterThan(0);
    this.#check('answer:', media!.schema, received.json(), where);
    if (type !== 'application/problem+json') return;
    expect(received.json(), where).toMatchObject({ status: received.status });
    expect(Object.keys((media as { examples?: object }).examples ?? {}), `${where} names its codes`).toContain(
      received.json().code,
    );
  }

  #check(base: string, schema: Json, value: unknown, where: string): void {
    const key = `${base}${JSON.stringify(schema)}`;
    let validate = this.#validators.get(key);
    if (!validate) {
      const rebased = JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', `"${base}#/components/`)) as Json;
      validate = this.#ajv.compile((base === 'answer:' ? closed(rebased) : rebased) as object);
      this.#validators.set(key, validate);
    }
    const isValid = validate(value);
    expect(isValid ? [] : validate.errors, where).toEqual([]);
  }
}

/** The same schemas with no room for fields that they do not name. */
function closed(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inside = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return typeof schema.properties === 'object' && schema.type !== undefined ? { additionalProperties: false, ...inside } : inside;
}
