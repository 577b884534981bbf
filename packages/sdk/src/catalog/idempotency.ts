import { sql } from 'kysely';
import { settleOutcome } from '../database/common/outcome.ts';
import { IdempotencyInProgressError, IdempotencyMismatchError } from '../errors/idempotency-errors.ts';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { Idempotency, PhotoLibrary, StoredResponse } from '../model/photo-library.ts';
import { refuseUnknown } from '../values/refuse-unknown.ts';

/** Longer than any client goes on repeating a request. */
const KEPT_HOURS = 24;
const KEY = /^[\x21-\x7e]{8,255}$/;
/** Responses from here on are the server's fault and may differ next time: they are not kept. */
const FIRST_SERVER_ERROR = 500;
/** Responses from here on say that nothing was done. */
const FIRST_REFUSAL = 400;
/** Expired keys removed by one request: each adds one, so the table cannot grow. */
const EXPIRED_AT_ONCE = 100;

type RunOptions = Parameters<Idempotency['run']>[0];

const RUN_OPTIONS = { scope: true, key: true, fingerprint: true, effect: true } as const;

/** Effects that happen once per key. `bind` gives the library on a transaction. */
export function createIdempotency(context: LibraryContext, bind: (transaction: LibraryContext) => PhotoLibrary): Idempotency {
  return {
    async run(options) {
      refuseUnknown<RunOptions>(options, RUN_OPTIONS, 'the options of idempotency.run');
      if (!KEY.test(options.key))
        throw InvalidInputError.expected('8 to 255 visible ASCII characters', 'the idempotency key', options.key);
      try {
        // The key tells whether the effect was saved, should that be unknown.
        return await settleOutcome(() =>
          context.transaction(async (transaction) => {
            await lockKey(transaction, options);
            const stored = await findResponse(transaction, options);
            if (stored) return { ...stored, replayed: true };
            const response = await runEffect(transaction, () => options.effect(bind(transaction)));
            await storeResponse(transaction, options, response);
            return { ...response, replayed: false };
          }),
        );
      } catch (error) {
        // Rolled back with whatever it had done; the response itself still goes out.
        if (error instanceof UnkeptResponse) return { ...error.response, replayed: false };
        throw error;
      }
    },
  };
}

/** A refusal is kept, but what was done before it was refused is not; nor may a failed statement spoil the transaction. */
async function runEffect({ db }: LibraryContext, effect: () => Promise<StoredResponse>): Promise<StoredResponse> {
  await sql`SAVEPOINT effect`.execute(db);
  const response = await effect();
  if (response.status >= FIRST_SERVER_ERROR) throw new UnkeptResponse(response);
  if (response.status >= FIRST_REFUSAL) await sql`ROLLBACK TO SAVEPOINT effect`.execute(db);
  return response;
}

/** Carries a response that is not kept out of its transaction, so that the transaction is rolled back. */
class UnkeptResponse extends Error {
  readonly response: StoredResponse;

  constructor(response: StoredResponse) {
    super('The effect failed.');
    this.response = response;
  }
}

/** Held until the transaction ends. A second request with the key is told to come back instead of being kept waiting. */
async function lockKey({ db, libraryId }: LibraryContext, { scope, key }: RunOptions): Promise<void> {
  const { rows } = await sql<{ locked: boolean }>`
    SELECT pg_try_advisory_xact_lock(hashtextextended(${JSON.stringify([libraryId, scope, key])}, 0)) AS locked`.execute(db);
  if (!rows[0]!.locked) throw new IdempotencyInProgressError(key);
}

async function findResponse(
  { db, libraryId }: LibraryContext,
  { scope, key, fingerprint }: RunOptions,
): Promise<StoredResponse | null> {
  await sql`
    DELETE FROM idempotency_keys WHERE ctid IN (
      SELECT ctid FROM idempotency_keys WHERE library_id = ${libraryId} AND expires_ts < now()
      ORDER BY (scope, key) = (${scope}, ${key}) DESC LIMIT ${EXPIRED_AT_ONCE} FOR UPDATE SKIP LOCKED)`.execute(db);
  const row = await db
    .selectFrom('idempotency_keys')
    .selectAll()
    .where('library_id', '=', libraryId)
    .where('scope', '=', scope)
    .where('key', '=', key)
    .executeTakeFirst();
  if (!row) return null;
  if (row.fingerprint !== fingerprint) throw new IdempotencyMismatchError(key);
  return { status: row.status!, headers: row.headers ?? {}, body: row.response ?? '' };
}

async function storeResponse({ db, libraryId }: LibraryContext, options: RunOptions, response: StoredResponse): Promise<void> {
  await db
    .insertInto('idempotency_keys')
    .values({
      library_id: libraryId,
      scope: options.scope,
      key: options.key,
      fingerprint: options.fingerprint,
      status: response.status,
      headers: JSON.stringify(response.headers),
      response: response.body,
      expires_ts: sql<Date>`now() + make_interval(hours => ${KEPT_HOURS})`,
    })
    .execute();
}
