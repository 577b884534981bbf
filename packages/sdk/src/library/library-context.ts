import type { Kysely } from 'kysely';
import { retryConflicts } from '../database/common/retry-conflicts.ts';
import type { PriorName } from '../model/priors.ts';
import type { Tables } from '../schema/tables.ts';

/** What an open library was told to do when it must decide by itself. */
export interface LibrarySettings {
  /** Confidence (0..1) from which on a proposal is applied without asking. */
  readonly autoApplyThreshold: number;
  /** Confidence (0..1) below which a face stays unknown; between the two a person is asked. */
  readonly confirmThreshold: number;
  /** What may speak for a person beside the face. */
  readonly priors: readonly PriorName[];
  /** Kind of vector index that `reindexVectors` builds once there are enough rows. */
  readonly vectorIndex: 'ivfflat' | 'hnsw';
  /** Length that every vector must have; null for any. */
  readonly embeddingDimension: number | null;
}

/**
 * One library in one database: what every repository and operation works on.
 *
 * Inside `transaction` the context handed to `work` carries the transaction as its `db`; use that one, not the outer one:
 * the embedded database has a single connection, and a query on the outer context would wait for the transaction to end.
 *
 * Transactions are READ COMMITTED, whatever the server's default: work that waited for a lock must see what its holder did. A
 * pooler may forget what a session sets, so each transaction says it.
 */
export interface LibraryContext {
  readonly db: Kysely<Tables>;
  readonly libraryId: string;
  readonly settings: LibrarySettings;
  /**
   * Runs `work` in one transaction; already inside one, joins it. Rolls back when `work` throws. `work` runs again from its start
   * when PostgreSQL gives the transaction up to end a deadlock, so what it keeps outside of the database must not add up.
   */
  transaction<T>(work: (context: LibraryContext) => Promise<T>): Promise<T>;
}

/** A context on an open database. */
export function createLibraryContext(db: Kysely<Tables>, libraryId: string, settings: LibrarySettings): LibraryContext {
  return {
    db,
    libraryId,
    settings,
    transaction: (work) =>
      db.isTransaction
        ? work(createLibraryContext(db, libraryId, settings))
        : retryConflicts(() =>
            db
              .transaction()
              .setIsolationLevel('read committed')
              .execute((transaction) => work(createLibraryContext(transaction, libraryId, settings))),
          ),
  };
}
