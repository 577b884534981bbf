import { sql } from 'kysely';
import { InvalidInputError } from '../errors/invalid-input-error.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { IdentityBatch, Labels } from '../model/labels.ts';
import type { Page } from '../model/page.ts';
import { decodeCursor, encodeCursor, resolvePage } from '../values/cursor.ts';
import { type KnownNames, refuseUnknown } from '../values/refuse-unknown.ts';

type BatchesOptions = NonNullable<Parameters<Labels['batches']>[0]>;

const OPTIONS: KnownNames<BatchesOptions> = { limit: true, cursor: true, signal: true };
const ORDER = 'batches';
/** People named of a batch. */
const MOST_PEOPLE = 10;
/** Runs of entries of one batch that are read at a time: two that are written at once take turns. */
const RUNS_PER_READ = 200;

interface Last {
  readonly batchId: string;
  readonly seq: string;
}

/** See `Labels.batches`. */
export async function listBatches(context: LibraryContext, options: BatchesOptions): Promise<Page<IdentityBatch>> {
  refuseUnknown<BatchesOptions>(options, OPTIONS, 'the options of labels.batches');
  const { limit } = resolvePage(options);
  const found: Last[] = [];
  for (let before = options.cursor === undefined ? null : readCursor(options.cursor); found.length <= limit; ) {
    options.signal?.throwIfAborted();
    const runs = await readRuns(context, before);
    found.push(...runs.filter(({ isLast }) => isLast));
    if (runs.length < RUNS_PER_READ) break;
    before = runs.at(-1)!.seq;
  }
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return {
    items: await readBatches(context, page),
    nextCursor: found.length > limit && last ? encodeCursor(ORDER, [last.seq]) : null,
  };
}

function readCursor(cursor: string): string {
  const [seq] = decodeCursor(cursor, ORDER, 1);
  if (!/^\d{1,18}$/.test(seq!)) throw new InvalidInputError('The cursor was tampered with.');
  return seq!;
}

/**
 * The last entry of each run of entries of one batch, newest first; `isLast`: of the whole batch. From entry to entry along the index: a batch of
 * ten thousand is walked once, and nothing is sorted.
 */
async function readRuns({ db, libraryId }: LibraryContext, before: string | null): Promise<(Last & { isLast: boolean })[]> {
  const newest = (condition: ReturnType<typeof sql>) => sql`
    SELECT batch_id, seq FROM identity_events WHERE library_id = ${libraryId} AND ${condition} ORDER BY seq DESC LIMIT 1`;
  const { rows } = await sql<Last & { isLast: boolean }>`
    WITH RECURSIVE run AS (
      (${newest(before === null ? sql`true` : sql`seq < ${before}::bigint`)})
      UNION ALL
      SELECT earlier.* FROM run, LATERAL (${newest(sql`seq < run.seq AND batch_id <> run.batch_id`)}) AS earlier
    )
    SELECT run.batch_id AS "batchId", run.seq::text AS seq,
      run.seq = (SELECT max(seq) FROM identity_events WHERE batch_id = run.batch_id) AS "isLast"
    FROM run LIMIT ${RUNS_PER_READ}`.execute(db);
  return rows;
}

async function readBatches({ db, libraryId }: LibraryContext, page: readonly Last[]): Promise<IdentityBatch[]> {
  if (page.length === 0) return [];
  const batchIds = page.map(({ batchId }) => batchId);
  const { rows } = await sql<IdentityBatch>`
    SELECT event.batch_id AS "batchId", min(event.actor) AS actor, max(event.created_ts) AS "createdAt",
      (SELECT jsonb_object_agg(kind, entries) FROM (
        SELECT kind, count(*) AS entries FROM identity_events WHERE batch_id = event.batch_id GROUP BY kind) AS of_kind) AS kinds,
      count(DISTINCT event.face_id)::int AS faces,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('personId', person_id, 'displayName', display_name)), '[]') FROM (
        SELECT person_id, display_name FROM people WHERE library_id = ${libraryId} AND person_id = ANY (array_agg(DISTINCT event.person_id))
        ORDER BY display_name, person_id LIMIT ${MOST_PEOPLE}) AS about) AS people,
      (SELECT undone.batch_id FROM identity_events undone WHERE undone.event_id = min(event.undoes::text)::uuid) AS "undoesBatchId"
    FROM identity_events event WHERE event.batch_id = ANY (${batchIds}::uuid[]) AND event.library_id = ${libraryId}
    GROUP BY event.batch_id`.execute(db);
  const byId = new Map(rows.map((row) => [row.batchId, row]));
  return batchIds.map((batchId) => byId.get(batchId)!);
}
