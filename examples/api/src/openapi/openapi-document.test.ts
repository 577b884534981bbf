import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { isProblemCode } from '../problems/problem-table.ts';
import { routes } from '../routes/index.ts';
import { openApiDocument, problemsOf } from './openapi-document.ts';

const document = openApiDocument(routes);

const operations = routes.map((route) => {
  const operation = document.paths?.[route.path]?.[route.method];
  if (!operation) throw new Error(`${route.operationId} is not described.`);
  return { route, operation };
});

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    expect(await new Validator().validate(JSON.parse(JSON.stringify(document)))).toEqual({ valid: true });
  });

  it('gives every operation a name of its own', () => {
    expect(new Set(routes.map(({ operationId }) => operationId)).size).toBe(routes.length);
  });

  it('describes every path parameter of every path', () => {
    for (const { route, operation } of operations) {
      const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const described = (operation.parameters ?? []).flatMap((parameter) =>
        'in' in parameter && parameter.in === 'path' ? [parameter.name] : [],
      );
      expect(described, route.operationId).toEqual(inPath);
    }
  });

  it('offers an Idempotency-Key on every change and on nothing else', () => {
    for (const { route, operation } of operations) {
      const header = (operation.parameters ?? []).find(
        (parameter) => 'name' in parameter && parameter.name === 'Idempotency-Key',
      );
      const use = route.kind === 'json' ? route.idempotencyKey : undefined;
      expect(header && 'required' in header ? header.required : null, route.operationId).toBe(
        use === undefined ? null : use === 'required',
      );
    }
  });

  it('holds only examples that the schemas accept', () => {
    for (const { route } of operations) {
      const examples = (route.body?.meta()?.examples ?? []) as unknown[];
      for (const example of examples) expect(route.body?.safeParse(example).error, route.operationId).toBeUndefined();
    }
  });

  it('gives an example of every problem of every route', () => {
    const examples = document.components?.examples ?? {};
    for (const code of routes.flatMap(problemsOf)) {
      expect(isProblemCode(code)).toBe(true);
      expect(examples[code]).toMatchObject({ value: { code } });
    }
  });
});
