import type { ProblemError } from '../schemas/problem.ts';
import type { ProblemCode } from './problem-table.ts';

/** A request that this server refuses by itself; errors of the library keep their own classes. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly code: ProblemCode;
  readonly errors: ProblemError[] | undefined;
  readonly details: Readonly<Record<string, unknown>> | undefined;
  readonly headers: Record<string, string>;

  constructor(
    code: ProblemCode,
    detail: string,
    options: {
      errors?: ProblemError[];
      details?: Readonly<Record<string, unknown>>;
      headers?: Record<string, string>;
      cause?: unknown;
    } = {},
  ) {
    super(detail, { cause: options.cause });
    this.code = code;
    this.errors = options.errors;
    this.details = options.details;
    this.headers = options.headers ?? {};
  }
}
