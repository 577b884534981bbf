import { PhotoorgError } from '@photoorg/errors';

/**
 * An idempotency key came back with another request than the one it was first used for.
 *
 * @example
 * ```ts
 * if (error instanceof IdempotencyMismatchError) console.error(error.message); // and send a fresh key
 * ```
 */
export class IdempotencyMismatchError extends PhotoorgError<'IDEMPOTENCY_KEY_REUSED'> {
  constructor(key: string) {
    super({
      code: 'IDEMPOTENCY_KEY_REUSED',
      message: `The idempotency key '${key}' was already used for a different request.`,
      remedy: 'Send a fresh key with every new request; repeat a key only with the same request.',
    });
  }
}

/**
 * The first request with this key has not ended yet.
 *
 * @example
 * ```ts
 * if (error instanceof IdempotencyInProgressError) setTimeout(() => console.log('once more, with the same key'), 1_000);
 * ```
 */
export class IdempotencyInProgressError extends PhotoorgError<'IDEMPOTENCY_IN_PROGRESS'> {
  constructor(key: string) {
    super({
      code: 'IDEMPOTENCY_IN_PROGRESS',
      message: `A request with the idempotency key '${key}' is still running.`,
      remedy: 'Wait a moment and repeat the request.',
      retryable: true,
    });
  }
}
