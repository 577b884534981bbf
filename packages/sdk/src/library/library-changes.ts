import { sql } from 'kysely';
import type { LibraryContext } from './library-context.ts';

/** A moment of a library: what was committed by then, it held. */
export interface LibraryStamp {
  /** As `pg_current_snapshot()` gives it. */
  readonly snapshot: string;
  /** Clock of the database, as text. */
  readonly readAt: string;
  /** Number of the last journal entry. */
  readonly journalSeq: bigint;
}

/** What changed of faces and their photos since a stamp; nothing when both lists are empty and `isNews` is false. */
export interface LibraryChanges {
  readonly stamp: LibraryStamp;
  readonly isNews: boolean;
  /** Faces whose vector, label, rejections or being ignored changed, or that came or went. */
  readonly faceIds: ReadonlySet<string>;
  /** Photos whose time, place or presence changed. */
  readonly photoIds: ReadonlySet<string>;
}

/** Far below the week that the database keeps changes for, as a transaction may have been long about writing them. */
const LONGEST_MEMORY_HOURS = 24;

const stampColumns = (context: LibraryContext) => sql`
  pg_current_snapshot()::text AS snapshot, now()::text AS "readAt",
  (SELECT coalesce(max(seq), 0) FROM identity_events WHERE library_id = ${context.libraryId}) AS "journalSeq"`;

/** Read it before what it stands for: what changes meanwhile is then found by `changesSince`. */
export async function readStamp(context: LibraryContext): Promise<LibraryStamp> {
  const { rows } = await sql<LibraryStamp>`SELECT ${stampColumns(context)}`.execute(context.db);
  return rows[0]!;
}

/**
 * What was committed since `stamp`, however long ago its transaction began; null when the stamp is too old to tell. Not for use inside
 * a transaction, which shows its own changes from the start.
 */
export async function changesSince(context: LibraryContext, stamp: LibraryStamp): Promise<LibraryChanges | null> {
  // A database restored from a dump holds numbers of another server's transactions: those of the future are no news.
  const { rows } = await sql<LibraryStamp & { isTooOld: boolean; faceIds: string[] | null; photoIds: string[] | null }>`
    SELECT ${stampColumns(context)}, now() - ${stamp.readAt}::timestamptz > make_interval(hours => ${LONGEST_MEMORY_HOURS}) AS "isTooOld",
      change.face_ids::text[] AS "faceIds", change.photo_ids::text[] AS "photoIds"
    FROM (SELECT) AS always LEFT JOIN library_changes change ON library_id = ${context.libraryId}
      AND xid >= pg_snapshot_xmin(${stamp.snapshot}::pg_snapshot) AND NOT pg_visible_in_snapshot(xid, ${stamp.snapshot}::pg_snapshot)
      AND xid < pg_snapshot_xmax(pg_current_snapshot())`.execute(context.db);
  const { snapshot, readAt, journalSeq, isTooOld } = rows[0]!;
  if (isTooOld) return null;
  return {
    stamp: { snapshot, readAt, journalSeq },
    isNews: rows[0]!.faceIds !== null,
    faceIds: new Set(rows.flatMap((row) => row.faceIds ?? [])),
    photoIds: new Set(rows.flatMap((row) => row.photoIds ?? [])),
  };
}
