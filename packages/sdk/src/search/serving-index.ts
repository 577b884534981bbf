import { sql } from 'kysely';
import type { LibraryContext, LibrarySettings } from '../library/library-context.ts';
import { findVectorIndex, type VectorIndex } from './vector-index.ts';

/** How long an answer is taken to hold; one that is out of date makes a search slow, not wrong. */
const TRUSTED_MILLIS = 60_000;

interface Found {
  index: VectorIndex | null;
  until: number;
}

/** By open library, which its settings stand for in transactions too, and by space. */
const found = new WeakMap<LibrarySettings, Map<string, Found>>();

/**
 * The approximate index to ask for the nearest of all faces of a space; null when there is none, or when the library has so few rows that a scan
 * is exact and as fast. Asking PostgreSQL both may take longer than the search itself, so the answer is remembered for a minute.
 */
export async function servingIndex(context: LibraryContext, spaceId: string, mostScanned: number): Promise<VectorIndex | null> {
  const known = found.get(context.settings)?.get(spaceId);
  if (known && performance.now() < known.until) return known.index;
  const there = await findVectorIndex(context, spaceId);
  const index = there && (await hasMore(context, spaceId, mostScanned)) ? there : null;
  const spaces = found.get(context.settings) ?? new Map<string, Found>();
  found.set(context.settings, spaces.set(spaceId, { index, until: performance.now() + TRUSTED_MILLIS }));
  return index;
}

/** After indexes were built or dropped. */
export function forgetServingIndexes(context: LibraryContext): void {
  found.delete(context.settings);
}

async function hasMore({ db, libraryId }: LibraryContext, spaceId: string, most: number): Promise<boolean> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM (
      SELECT FROM face_embeddings WHERE space_id = ${spaceId} AND library_id = ${libraryId} LIMIT ${most + 1}) AS counted`.execute(
    db,
  );
  return rows[0]!.count > most;
}
