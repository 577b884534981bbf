import type { ProblemResource } from '@photoorg/example-api/schemas';

type ProblemFields = Pick<ProblemResource, 'code' | 'status' | 'title' | 'detail' | 'retryable' | 'details'>;

/** An RFC 9457 problem the API answered with, or the failure to reach it at all. Tell cases apart by `code`. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  /** Stable code of the library's error tree, such as `PERSON_ALREADY_IN_PHOTO`; `UNREACHABLE` when no answer came. */
  readonly code: string;
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  readonly title: string;
  /** Whether the same request may succeed a moment later. */
  readonly retryable: boolean;
  /** Of a conflict: what stands in the way. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(fields: ProblemFields, options?: ErrorOptions) {
    super(fields.detail, options);
    this.code = fields.code;
    this.status = fields.status;
    this.title = fields.title;
    this.retryable = fields.retryable;
    this.details = fields.details ?? {};
  }

  static unreachable(cause: unknown): ApiProblem {
    const detail = 'Is the photoorg server still running? Start it again, then retry.';
    return new ApiProblem(
      { code: 'UNREACHABLE', status: 0, title: 'The library does not answer', detail, retryable: true },
      { cause },
    );
  }

  /** Reads the problem of a refused request; a body that is none (a proxy's page, say) still gives its status. */
  static async fromResponse(response: Response): Promise<ApiProblem> {
    const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') ?? false;
    if (isProblem) return new ApiProblem((await response.json()) as ProblemResource);
    return new ApiProblem({
      code: `HTTP_${response.status}`,
      status: response.status,
      title: response.statusText || `Status ${response.status}`,
      detail: `The library answered with status ${response.status} and no explanation.`,
      retryable: response.status >= 500,
    });
  }
}
