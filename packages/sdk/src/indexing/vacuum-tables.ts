import { CompiledQuery, sql } from 'kysely';
import type { LibraryContext } from '../library/library-context.ts';

const TABLES = ['photos', 'photo_files', 'faces', 'face_embeddings', 'face_labels', 'people'];

/** As PostgreSQL's autovacuum waits before it gathers statistics anew: https://www.postgresql.org/docs/current/routine-vacuuming.html */
const CHANGES_TO_WAIT_FOR = 50;
const SHARE_TO_WAIT_FOR = 0.1;

/** Photos that changed since the tables of a library were last vacuumed. */
const waitingChanges = new WeakMap<LibraryContext, number>();

/**
 * Frees the space of old rows and tells the planner how many there are, as a server's autovacuum does by itself. It takes 0.3 s of processor time
 * for 10,000 photos, however few of them changed; with `canWait`, which small runs say, it is done when a tenth of them has.
 */
export async function vacuumTables(
  context: LibraryContext,
  { changed, canWait }: { changed: number; canWait: boolean },
): Promise<void> {
  const waiting = (waitingChanges.get(context) ?? 0) + changed;
  waitingChanges.set(context, waiting);
  if (waiting === 0 || (canWait && waiting < (await changesToWaitFor(context)))) return;
  for (const table of TABLES) await context.db.executeQuery(CompiledQuery.raw(`VACUUM (ANALYZE) ${table}`));
  waitingChanges.delete(context);
}

async function changesToWaitFor(context: LibraryContext): Promise<number> {
  const { rows } = await sql<{ photos: number }>`SELECT reltuples AS photos FROM pg_class WHERE oid = 'photos'::regclass`.execute(
    context.db,
  );
  // -1 for a table that was never vacuumed.
  return CHANGES_TO_WAIT_FOR + SHARE_TO_WAIT_FOR * Math.max(0, rows[0]!.photos);
}
