import type { Request } from 'express';
import { z } from 'zod';
import { HttpProblem } from '../problems/http-problem.ts';
import type { Route } from '../routes/route.ts';
import type { ProblemError } from '../schemas/problem.ts';

/** More refusals than this help nobody; a bulk request could have a thousand. */
const ERRORS_SHOWN_MAX = 50;

const NoParameters = z.strictObject({});

export interface ParsedRequest {
  params: unknown;
  query: unknown;
  body: unknown;
}

/** Checks every part of a request and gives its typed values. Throws VALIDATION_FAILED with all that is wrong at once. */
export function parseRequest(route: Route, request: Request): ParsedRequest {
  const errors: ProblemError[] = [];
  const parse = (part: ProblemError['in'], schema: z.ZodType, value: unknown): unknown => {
    const result = schema.safeParse(value);
    if (!result.success) errors.push(...result.error.issues.map((issue) => toProblemError(part, issue)));
    return result.data;
  };
  const parsed = {
    params: parse('path', route.params ?? NoParameters, request.params),
    query: parse('query', route.query ?? NoParameters, givenParameters(route.query, request.query)),
    body: route.body && parse('body', route.body, request.body),
  };
  if (errors.length > 0)
    throw new HttpProblem('VALIDATION_FAILED', summary(errors), { errors: errors.slice(0, ERRORS_SHOWN_MAX) });
  return parsed;
}

/** Without those that a form left empty (`?q=&personId=`), of which the route knows; an unknown one is refused, empty or not. */
function givenParameters(schema: z.ZodType | undefined, query: Request['query']): Record<string, unknown> {
  const known = (schema as z.ZodObject | undefined)?.shape ?? {};
  return Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => {
      if (!Object.hasOwn(known, name)) return [[name, value]];
      const given = Array.isArray(value) ? value.filter((one) => !isBlank(one)) : value;
      return isBlank(given) || (Array.isArray(given) && given.length === 0) ? [] : [[name, given]];
    }),
  );
}

const isBlank = (value: unknown) => typeof value === 'string' && value.trim() === '';

function toProblemError(part: ProblemError['in'], issue: z.core.$ZodIssue): ProblemError {
  return { in: part, pointer: issue.path.map((key) => `/${escapePointer(String(key))}`).join(''), detail: issue.message };
}

/** RFC 6901. */
const escapePointer = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1');

function summary([first, ...others]: ProblemError[]): string {
  const where = first?.pointer ? `${first.in} ${first.pointer}` : first?.in;
  return `${where}: ${first?.detail}${others.length > 0 ? ` And ${others.length} more.` : ''}`;
}
