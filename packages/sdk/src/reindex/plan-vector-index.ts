import { EXACT_SCAN_MAX_ROWS } from '../search/find-nearest-faces.ts';
import { indexedType, type VectorIndex } from '../search/vector-index.ts';

/** hnsw's graph: 16 links a node and 64 candidates while building give recall@10 of .998 at 50,000 vectors with ef 100. */
export const HNSW_BUILD = { m: 16, ef_construction: 64 };
/** An ivfflat index is still good while the square root of the rows has not moved by more than this factor. */
const LISTS_DRIFT = 1.5;
/** pgvector indexes vectors up to these lengths. */
const LARGEST_DIMENSION = { ivfflat: 2_000, hnsw: 4_000 };

export interface VectorIndexPlan {
  action: 'created' | 'recreated' | 'dropped' | 'skipped';
  reason: string;
  /** What to build, for `created` and `recreated`. */
  build: { kind: VectorIndex['kind']; type: string; parameters: Record<string, number> } | null;
}

/** Decides what a space of so many vectors should have. */
export function planVectorIndex(options: {
  rows: number;
  dimension: number;
  kind: VectorIndex['kind'];
  existing: VectorIndex | null;
  force: boolean;
}): VectorIndexPlan {
  const { rows, dimension, kind, existing, force } = options;
  if (rows === 0 || (rows <= EXACT_SCAN_MAX_ROWS && !force)) {
    const reason = `An exact scan of ${count(rows)} takes milliseconds and misses nothing; an index pays above ${EXACT_SCAN_MAX_ROWS}.`;
    return { action: existing ? 'dropped' : 'skipped', reason, build: null };
  }
  if (dimension > LARGEST_DIMENSION[kind]) {
    const reason = `pgvector's ${kind} indexes vectors of up to ${LARGEST_DIMENSION[kind]} numbers; these have ${dimension}.`;
    return { action: 'skipped', reason, build: null };
  }
  const lists = Math.max(1, Math.round(Math.sqrt(rows)));
  const parameters = kind === 'ivfflat' ? { lists } : HNSW_BUILD;
  const build = { kind, type: indexedType(kind, dimension), parameters };
  if (!existing) return { action: 'created', reason: `There are ${count(rows)} and no index yet.`, build };
  if (existing.kind !== kind)
    return { action: 'recreated', reason: `The index is of kind ${existing.kind}; ${kind} is asked for.`, build };
  if (force) return { action: 'recreated', reason: 'A new index was asked for.', build };
  const drift = existing.lists === null ? 1 : Math.max(lists / existing.lists, existing.lists / lists);
  if (drift > LISTS_DRIFT) {
    return { action: 'recreated', reason: `The index has ${existing.lists} lists; ${count(rows)} want ${lists}.`, build };
  }
  return { action: 'skipped', reason: `The index fits ${count(rows)}.`, build: null };
}

function count(rows: number): string {
  return `${rows} ${rows === 1 ? 'vector' : 'vectors'}`;
}
