import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { LibraryContext, LibrarySettings } from '../library/library-context.ts';

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
  /** Vectors in it, as PostgreSQL last counted. */
  readonly rows: number;
}

/** What an index of this kind is made on: 16-bit floats halve an hnsw graph, and the search ranks anew in full precision. */
export function indexedType(kind: VectorIndex['kind'], dimension: number): string {
  return `${kind === 'hnsw' ? 'halfvec' : 'vector'}(${dimension})`;
}

/** The approximate index of a space; null when there is none, as for every small library. */
export async function findVectorIndex(context: LibraryContext, spaceId: string): Promise<VectorIndex | null> {
  return (await findVectorIndexes(context, spaceId))[0] ?? null;
}

/** The valid approximate indexes of a space, newest first: more than one while another is put in the place of the former. */
export async function findVectorIndexes(context: LibraryContext, spaceId: string): Promise<VectorIndex[]> {
  const { rows } = await sql<{
    name: string;
    kind: VectorIndex['kind'];
    expression: string;
    options: string[] | null;
    rows: number;
  }>`
    SELECT class.relname AS name, method.amname AS kind, pg_get_expr(index.indexprs, index.indrelid) AS expression,
      class.reloptions AS options, greatest(class.reltuples, 0)::float8 AS rows
    FROM pg_index index
    JOIN pg_class class ON class.oid = index.indexrelid
    JOIN pg_am method ON method.oid = class.relam
    WHERE index.indrelid = 'face_embeddings'::regclass AND index.indisvalid AND method.amname IN ('ivfflat', 'hnsw')
      AND strpos(pg_get_expr(index.indpred, index.indrelid), ${spaceId}) > 0
    ORDER BY class.oid DESC`.execute(context.db);
  return rows.flatMap(({ name, kind, expression, options, rows }) => {
    const type = /::((?:half)?vec(?:tor)?\(\d+\))/.exec(expression)?.[1];
    if (!type) return [];
    const lists = options?.find((option) => option.startsWith('lists='))?.slice('lists='.length);
    return [{ name, kind, expression, type, lists: lists === undefined ? null : Number(lists), rows }];
  });
}

/**
 * hnsw's candidate list, by the number of vectors. Among generated faces 200 finds 99.5 % of the true ten nearest of 50,000, where 100 finds 98.9 %, and
 * 400 finds 98.8 % of 500,000, where 200 finds 97.4 % (bench/identity/scale, December 2026); the default of 40 would also cap an answer at 40 rows.
 */
const EF_SEARCH = [
  { rows: 0, efSearch: 200 },
  { rows: 100_000, efSearch: 400 },
  { rows: 700_000, efSearch: 800 },
] as const;
/** Candidates for each row that is asked for: fewer find the last ones badly. */
const EF_SEARCH_PER_ROW = 2;
/** pgvector's limits. */
const LARGEST_EF_SEARCH = 1_000;
/** Lists probed per square root of the lists: 30 of 224 find 99.7 % at 50,000 vectors, 63 of 1,000 find 99.5 % at a million. */
const PROBES_PER_ROOT_OF_LISTS = 2;

/**
 * Settings under which the index is to be asked for `limit` rows; pgvector's defaults find 55 to 69 % with ivfflat. `beyond`: go on through the
 * index until there are as many that pass the query's conditions, where this pgvector can.
 */
export function indexSearchSettings(
  index: Pick<VectorIndex, 'kind' | 'lists' | 'rows'>,
  limit: number,
  { beyond = true } = {},
): Record<string, string> {
  const scan = beyond ? 'relaxed_order' : 'off';
  if (index.kind === 'hnsw') {
    const { efSearch: least } = EF_SEARCH.findLast(({ rows }) => index.rows >= rows)!;
    const efSearch = Math.min(LARGEST_EF_SEARCH, Math.max(least, limit * EF_SEARCH_PER_ROW));
    return { 'hnsw.ef_search': String(efSearch), 'hnsw.iterative_scan': scan };
  }
  const lists = index.lists ?? 1;
  const probes = Math.min(lists, Math.ceil(Math.sqrt(lists) * PROBES_PER_ROOT_OF_LISTS));
  return { 'ivfflat.probes': String(probes), 'ivfflat.iterative_scan': scan };
}

/** Settings that the server's pgvector knows, by open library: iterative scans came with 0.8. */
const knownSettings = new WeakMap<LibrarySettings, ReadonlySet<string>>();

/**
 * A condition that always holds, and sets them before the first row is looked for, until the transaction ends: in a statement of its own, that is the
 * statement, without a second one to wait for. A setting that this pgvector does not know is left out.
 */
export async function underSettings(context: LibraryContext, settings: Record<string, string>): Promise<RawBuilder<SqlBool>> {
  const known = knownSettings.get(context.settings) ?? (await readKnownSettings(context));
  const calls = Object.entries(settings).flatMap(([name, value]) =>
    known.has(name) ? sql`set_config(${name}, ${value}, true)` : [],
  );
  return calls.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`(SELECT concat(${sql.join(calls)})) IS NOT NULL`;
}

const INDEX_SETTINGS = ['hnsw.ef_search', 'hnsw.iterative_scan', 'ivfflat.probes', 'ivfflat.iterative_scan'];

async function readKnownSettings(context: LibraryContext): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ name: string }>`
    SELECT name FROM (SELECT '[0]'::vector) AS loads_pgvector, pg_settings WHERE name = ANY (${INDEX_SETTINGS}::text[])`.execute(
    context.db,
  );
  const known = new Set(rows.map(({ name }) => name));
  knownSettings.set(context.settings, known);
  return known;
}
