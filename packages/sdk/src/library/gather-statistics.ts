import { CompiledQuery, sql } from 'kysely';
import type { LibraryContext, LibrarySettings } from './library-context.ts';

/** Tables whose rows come and go together. */
const TABLES = {
  photos: ['photos', 'photo_files', 'faces', 'face_embeddings'],
  identity: ['face_labels', 'face_rejections', 'photo_labels', 'people', 'identity_events'],
  groups: ['face_groups', 'face_group_members'],
} as const;

/** Changes that are waited for: so many, and this share of the rows. PostgreSQL's autovacuum waits for 50 and a tenth, and then up to a minute. */
const CHANGES_TO_WAIT_FOR = 50;
const SHARE_TO_WAIT_FOR = { photos: 0.5, identity: 0.2, groups: 0.5 };

interface Waiting {
  changes: number;
  /** Changes from which on statistics are gathered. */
  until: number;
}

/** By open library, which its settings stand for in transactions too. */
const waiting = new WeakMap<LibrarySettings, Map<keyof typeof TABLES, Waiting>>();

/**
 * Tells the planner how many rows there are, where so many changed that it would choose badly: nobody else does in the embedded database, and on a
 * server autovacuum comes after the next queries. Labelling 16,000 of 50,000 faces made "photos of two people" take 191 ms in place of 7 (November
 * 2026). Called at the end of a transaction that changed so many rows.
 */
export async function gatherStatistics(context: LibraryContext, group: keyof typeof TABLES, changes: number): Promise<void> {
  const groups = waiting.get(context.settings) ?? new Map<keyof typeof TABLES, Waiting>();
  waiting.set(context.settings, groups);
  const state = groups.get(group) ?? { changes: 0, until: CHANGES_TO_WAIT_FOR };
  groups.set(group, state);
  state.changes += changes;
  if (state.changes < state.until) return;
  const known = await rowsOf(context, TABLES[group]);
  state.until = CHANGES_TO_WAIT_FOR + SHARE_TO_WAIT_FOR[group] * known;
  if (state.changes < state.until) return;
  state.changes = 0;
  // Whoever analyses or vacuums a table already will do.
  for (const table of TABLES[group]) await context.db.executeQuery(CompiledQuery.raw(`ANALYZE (SKIP_LOCKED) ${table}`));
  state.until = CHANGES_TO_WAIT_FOR + SHARE_TO_WAIT_FOR[group] * (await rowsOf(context, TABLES[group]));
}

/** As PostgreSQL last counted: of the longest of these tables. */
async function rowsOf({ db }: LibraryContext, tables: readonly string[]): Promise<number> {
  const { rows } = await sql<{ rows: number }>`
    SELECT greatest(max(reltuples), 0)::float8 AS rows FROM pg_class WHERE oid = ANY (${[...tables]}::regclass[])`.execute(db);
  return rows[0]!.rows;
}
