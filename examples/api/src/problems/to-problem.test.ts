import {
  ConflictError,
  DatabaseUnavailableError,
  IdempotencyInProgressError,
  IdempotencyMismatchError,
  InvalidInputError,
  LibraryClosedError,
  NotFoundError,
  SchemaTooNewError,
  SpaceMismatchError,
} from '@photoorg/sdk';
import { describe, expect, it } from 'vitest';
import { HttpProblem } from './http-problem.ts';
import { toProblem } from './to-problem.ts';

const requestId = '3b1f0c5e-8a7d-4c57-9f43-0d1f6f0f7a90';

describe('an error over HTTP', () => {
  it.each([
    { error: new NotFoundError('photo', 'x'), status: 404 },
    { error: new NotFoundError('face', 'x'), status: 404 },
    { error: new NotFoundError('person', 'x'), status: 404 },
    { error: new NotFoundError('space', 'x'), status: 404 },
    { error: new NotFoundError('event', 'x'), status: 404 },
    { error: new ConflictError('PERSON_ALREADY_IN_PHOTO', 'x'), status: 409 },
    { error: new InvalidInputError('x'), status: 422 },
    { error: new SpaceMismatchError('x'), status: 422 },
    { error: new IdempotencyMismatchError('12345678'), status: 422 },
    { error: new IdempotencyInProgressError('12345678'), status: 409 },
  ])('of the library, $error.code, is $status and says what happened', ({ error, status }) => {
    const { body } = toProblem(error, requestId);
    expect(body).toMatchObject({ status, code: error.code, detail: error.message, retryable: error.retryable });
    expect(body.type).toBe(`/docs/errors.md#${error.code.toLowerCase()}`);
  });

  it.each([new DatabaseUnavailableError('postgres://10.0.0.7 refused anna'), new LibraryClosedError()])(
    'of a library that cannot answer now, $code, says when to come back and nothing of the inside',
    (error) => {
      const { body, headers } = toProblem(error, requestId);
      expect(body).toMatchObject({ status: 503, code: error.code, retryable: true });
      expect(headers['Retry-After']).toMatch(/^\d+$/);
      expect(body.detail).not.toContain('10.0.0.7');
    },
  );

  it.each([new TypeError('cannot read secret'), new SchemaTooNewError(9, 1), 'secret', null, { status: 404, message: 'secret' }])(
    'that nobody foresaw is 500 and says only where to look: %s',
    (error) => {
      const { body } = toProblem(error, requestId);
      expect(body).toMatchObject({ status: 500, code: 'INTERNAL_ERROR', retryable: false, instance: `urn:uuid:${requestId}` });
      expect(body.detail).toContain(requestId);
      expect(JSON.stringify(body)).not.toContain('secret');
    },
  );

  it('carries the refused parts and the headers of a refusal', () => {
    const errors = [{ in: 'body', pointer: '/actor', detail: 'missing' }] as const;
    const { body, headers } = toProblem(
      new HttpProblem('VALIDATION_FAILED', 'x', { errors: [...errors], headers: { Allow: 'GET' } }),
      requestId,
    );
    expect(body).toMatchObject({ status: 400, errors });
    expect(headers).toEqual({ Allow: 'GET' });
  });
});
