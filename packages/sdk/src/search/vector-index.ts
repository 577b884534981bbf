import { sql } from 'kysely';
import type { LibraryContext } from '../library/library-context.ts';

/** An approximate index over the vectors of one embedding space. */
export interface VectorIndex {
  readonly name: string;
  readonly kind: 'ivfflat' | 'hnsw';
  /** What is indexed, as SQL over a column `embedding`: a query must order by the same expression to use the index. */
  readonly expression: string;
  /** Type of the expression, for the probe: `vector(128)` or `halfvec(128)`. */
  readonly type: string;
  /** Lists of an ivfflat index; null for hnsw. */
  readonly lists: number | null;
}

/** What an index of this kind is made on: 16-bit floats halve an hnsw graph, and the search ranks anew in full precision. */
export function indexedType(kind: VectorIndex['kind'], dimension: number): string {
  return `${kind === 'hnsw' ? 'halfvec' : 'vector'}(${dimension})`;
}

/** The valid approximate index of a space; null when there is none, as for every small library. */
export async function findVectorIndex(context: LibraryContext, spaceId: string): Promise<VectorIndex | null> {
  const { rows } = await sql<{ name: string; kind: VectorIndex['kind']; expression: string; options: string[] | null }>`
    SELECT class.relname AS name, method.amname AS kind, pg_get_expr(index.indexprs, index.indrelid) AS expression,
      class.reloptions AS options
    FROM pg_index index
    JOIN pg_class class ON class.oid = index.indexrelid
    JOIN pg_am method ON method.oid = class.relam
    WHERE index.indrelid = 'face_embeddings'::regclass AND index.indisvalid AND method.amname IN ('ivfflat', 'hnsw')
      AND strpos(pg_get_expr(index.indpred, index.indrelid), ${spaceId}) > 0
    ORDER BY class.relname LIMIT 1`.execute(context.db);
  const [row] = rows;
  const type = row && /::((?:half)?vec(?:tor)?\(\d+\))/.exec(row.expression)?.[1];
  if (!row || !type) return null;
  const lists = row.options?.find((option) => option.startsWith('lists='))?.slice('lists='.length);
  return { name: row.name, kind: row.kind, expression: row.expression, type, lists: lists === undefined ? null : Number(lists) };
}

/**
 * hnsw's candidate list. At 50,000 vectors 100 finds 99.8 % of the true ten nearest, at 500,000 200 finds 98.9 % (November 2026);
 * the default of 40 would also cap an answer at 40 rows.
 */
const SMALLEST_EF_SEARCH = 100;
/** pgvector's limits. */
const LARGEST_EF_SEARCH = 1_000;
/** Lists probed per square root of the lists: 30 of 224 find 99.7 % at 50,000 vectors, 63 of 1,000 find 99.5 % at a million. */
const PROBES_PER_ROOT_OF_LISTS = 2;

/**
 * Settings under which the index is to be asked for `limit` rows. pgvector's defaults find 55 to 69 % with ivfflat. Without sorting
 * the planner takes the index, whatever it guesses about the number of rows: a table that was never analysed looks tiny to it.
 */
export function indexSearchSettings(index: Pick<VectorIndex, 'kind' | 'lists'>, limit: number): Record<string, string> {
  if (index.kind === 'hnsw') {
    const efSearch = Math.min(LARGEST_EF_SEARCH, Math.max(SMALLEST_EF_SEARCH, limit * 4));
    return { 'hnsw.ef_search': String(efSearch), 'hnsw.iterative_scan': 'relaxed_order', enable_sort: 'off' };
  }
  const lists = index.lists ?? 1;
  const probes = Math.min(lists, Math.ceil(Math.sqrt(lists) * PROBES_PER_ROOT_OF_LISTS));
  return { 'ivfflat.probes': String(probes), 'ivfflat.iterative_scan': 'relaxed_order', enable_sort: 'off' };
}

/**
 * Sets them for the current transaction. A setting that this pgvector does not know is left out: iterative scans came with 0.8. The
 * cast loads the extension into the session, without which PostgreSQL knows none of them.
 */
export async function applyIndexSettings(context: LibraryContext, settings: Record<string, string>): Promise<void> {
  await sql`SELECT '[0]'::vector`.execute(context.db);
  await sql`
    SELECT set_config(wanted.name, wanted.value, true)
    FROM jsonb_to_recordset(${JSON.stringify(Object.entries(settings).map(([name, value]) => ({ name, value })))}::jsonb)
      AS wanted (name text, value text)
    JOIN pg_settings USING (name)`.execute(context.db);
}
