import type { Duplicates } from './duplicates.ts';
import type { EmbeddingSpaces } from './embedding-spaces.ts';
import type { Faces } from './faces.ts';
import type { Files } from './files.ts';
import type { Groups } from './groups.ts';
import type { IngestRuns } from './ingest-runs.ts';
import type { Labels } from './labels.ts';
import type { People } from './people.ts';
import type { Photos } from './photos.ts';
import type { NamesPlaced, PlaceNamesOptions } from './place-names.ts';
import type { PriorName } from './priors.ts';
import type { Review } from './review.ts';
import type { Search } from './search.ts';

export interface OpenPhotoLibraryOptions {
  /**
   * Folder of the embedded database (made when missing, default `.photoorg`), or the URL of a server: `postgres://…`,
   * `postgresql://…`. `memory://` is an embedded database that nothing outlives, for tests.
   */
  database?: string;
  /** Name of the library inside the database, made on first use. Default `default`. */
  library?: string;
  /**
   * Embedded only. `full` (default): a commit is on the disk when its call returns. `relaxed`: the system may keep it in
   * memory for some seconds; faster, and a power cut may cost the latest changes or the whole folder.
   */
  durability?: 'full' | 'relaxed';
  /**
   * Embedded only. Lets the folder lie on a network file system, as on a NAS: only for one that no second machine opens, since a cut
   * connection may cost the folder. Default false.
   */
  allowNetworkFolder?: boolean;
  /** Apply pending schema migrations at open. Default true. */
  migrate?: boolean;
  /** Kind of vector index that `reindexVectors` builds. Default `hnsw`: five times as fast at the same recall; `ivfflat` is built in a fifth of the time. */
  vectorIndex?: 'ivfflat' | 'hnsw';
  /** Confidence (0..1) from which on a proposal is applied without asking. */
  autoApplyThreshold?: number;
  /** Confidence (0..1) below which a face stays unknown; between the two a person is asked. */
  confirmThreshold?: number;
  /** What may speak for a person beside the face; default all: when a photo was taken, who else is on it, and where that was. */
  priors?: readonly PriorName[];
  /** Length that every vector of the library must have; without it, each embedding space has its own. */
  embeddingDimension?: number;
  /** Ends the opening; the opened library has its own signals per call. */
  signal?: AbortSignal;
}

export interface DatabaseDescription {
  kind: 'embedded' | 'server';
  /** Folder, or URL without its password. */
  location: string;
  serverVersion: string;
  pgvectorVersion: string;
}

export interface Diagnosis {
  /** Stable name, e.g. `pgvector-version`. */
  check: string;
  status: 'ok' | 'warning' | 'error';
  message: string;
  remedy: string | null;
}

export interface ReindexOptions {
  /** Default: the library's `vectorIndex`. */
  kind?: 'ivfflat' | 'hnsw';
  /** Build even when an exact scan is the better choice. */
  force?: boolean;
  dryRun?: boolean;
  signal?: AbortSignal;
  onProgress?: (progress: { step: string }) => void;
}

export interface ReindexResult {
  space: string;
  rows: number;
  action: 'created' | 'recreated' | 'dropped' | 'skipped';
  kind: 'ivfflat' | 'hnsw' | null;
  reason: string;
  /** Share of the ten nearest faces that the index finds, measured against the exact scan; null without an index. */
  recallAt10: number | null;
  /** What it was built with and is queried with, e.g. lists and probes. */
  settings: Record<string, number>;
}

export interface StoredResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export interface Idempotency {
  /**
   * Runs `effect` once per key: the key's row and the effect share one transaction. A repeat with the same fingerprint gives the
   * stored response; with another one it throws IdempotencyMismatchError. `effect` runs again from its start when the database gives
   * the transaction up to end a deadlock: nothing of the first time stays in the library.
   *
   * @example
   * ```ts
   * import { createHash } from 'node:crypto';
   *
   * const request = { displayName: 'Ada' };
   * const { body, replayed } = await library.idempotency.run({
   *   scope: 'mia POST /people',
   *   key: '3f6c0c1e-5d1b-4b1c-9a50-5c8f5d3e1a77',
   *   fingerprint: createHash('sha256').update(JSON.stringify(request)).digest('hex'),
   *   effect: async (inside) => ({ status: 201, headers: {}, body: JSON.stringify(await inside.people.create(request)) }),
   * });
   * ```
   */
  run(options: {
    /** Who asks for what: tenant, principal, method and route. */
    scope: string;
    /** 8 to 255 visible ASCII characters. */
    key: string;
    /** Hash of the whole request. */
    fingerprint: string;
    effect: (library: PhotoLibrary) => Promise<StoredResponse>;
  }): Promise<StoredResponse & { replayed: boolean }>;
}

/** An open photo library. Close it, or declare it with `await using`. */
export interface PhotoLibrary extends AsyncDisposable {
  readonly libraryId: string;
  readonly database: DatabaseDescription;
  readonly photos: Photos;
  readonly faces: Faces;
  readonly files: Files;
  readonly duplicates: Duplicates;
  readonly people: People;
  readonly labels: Labels;
  readonly groups: Groups;
  readonly search: Search;
  readonly review: Review;
  readonly runs: IngestRuns;
  readonly spaces: EmbeddingSpaces;
  readonly idempotency: Idempotency;
  /**
   * Names without boxes become labels: photos whose metadata says who is *somewhere* on them (`Photo.peopleShown`: Google Takeout, IPTC
   * PersonInImage, keywords below People) are solved together, over the faces of each photo and over all photos. Faces are labelled as
   * `imported` where their photo carries the name, as `model_guess` where they are only alike to such faces; people are made for names that
   * nobody goes by. What persons said stands, and bounds what can be: a name that a confirmed face bears is used up, a rejected one is out.
   *
   * One batch, in transactions of 500 labels. A second call writes nothing; after answers or new photos it may find more. An abort rejects
   * with the signal's reason; what was written by then stays and is undone by the batch id, which the journal tells. Takes minutes for
   * 50,000 faces, and lets others have their turns.
   *
   * @example
   * ```ts
   * const { placed, leftOpen, ambiguous } = await library.placeNames({ actor: 'mia', dryRun: true });
   * console.log(`${placed} faces would be named, ${leftOpen} names stay open`, ambiguous.map(({ name }) => name));
   * ```
   */
  placeNames(options?: PlaceNamesOptions): Promise<NamesPlaced>;
  /**
   * Builds, rebuilds or drops the vector index of each space, and measures its recall.
   *
   * @example
   * ```ts
   * for (const { space, action, reason, recallAt10 } of await library.reindexVectors()) console.log(space, action, reason, recallAt10);
   * ```
   */
  reindexVectors(options?: ReindexOptions): Promise<ReindexResult[]>;
  /**
   * Checks the database and the invariants of the library's data.
   *
   * @example
   * ```ts
   * for (const { check, status, message, remedy } of await library.diagnose()) {
   *   if (status !== 'ok') console.warn(check, message, remedy);
   * }
   * ```
   */
  diagnose(options?: { signal?: AbortSignal }): Promise<Diagnosis[]>;
  /**
   * Closes the database; a second call does nothing. Later calls throw LibraryClosedError.
   *
   * @example
   * ```ts
   * const library = await openPhotoLibrary(); // without `await using`
   * await library.close();
   * ```
   */
  close(): Promise<void>;
}
