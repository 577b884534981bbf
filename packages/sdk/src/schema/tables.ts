import type { ColumnType, Generated } from 'kysely';
import type { FaceSource } from '../model/faces.ts';
import type { IgnoredReason } from '../model/ignored-reason.ts';
import type { IngestRunStatus, LeftOutFiles } from '../model/ingest-runs.ts';
import type { IdentityEventKind, LabelSource } from '../model/labels.ts';
import type { PhotoFileKind } from '../model/photos.ts';
import type { PriorName } from '../model/priors.ts';
import type { PhotoColumnName, Stored } from './photo-columns.ts';

/*
 * The tables as Kysely sees them. Both databases are set up to give the same JavaScript values:
 *
 *   uuid, text, numeric, bit  string           bigint (int8)        bigint
 *   integer, smallint, real   number           timestamptz          Date
 *   jsonb                     parsed value     timestamp, date      string, never moved between time zones
 *   bytea                     Uint8Array       vector               string: read it with `vector_send` and `readVector`
 */

/** A `jsonb` column: read as a parsed value, written as JSON text (both drivers would turn a bare array into a PostgreSQL array). */
type Json<T> = ColumnType<T, string, string>;
type JsonWithDefault<T> = ColumnType<T, string | undefined, string>;
/** A column whose value the database computes; never written. */
type Computed<T> = ColumnType<T, never, never>;
/** A column written once at insert. */
type Timestamp = ColumnType<Date, Date | undefined, Date>;

export interface LibrariesTable {
  library_id: string;
  name: string;
  settings: JsonWithDefault<Record<string, unknown>>;
  created_ts: Timestamp;
}

export interface RootsTable {
  root_id: string;
  library_id: string;
  path_bytes: Uint8Array;
  label: string;
  marker: string | null;
  created_ts: Timestamp;
}

export interface IngestRunsTable {
  run_id: string;
  library_id: string;
  config: Json<Record<string, unknown>>;
  config_hash: string;
  versions: Json<Record<string, string>>;
  status: Generated<IngestRunStatus>;
  counts: JsonWithDefault<Record<string, number>>;
  stage_millis: JsonWithDefault<Record<string, number>>;
  left_out: ColumnType<LeftOutFiles[] | null, string | null | undefined, string | null>;
  started_ts: Timestamp;
  /** Last sign of life. */
  seen_ts: Timestamp;
  finished_ts: Date | null;
}

/** Follows from the declared columns. Rows come in by `upsertPhotos` alone. */
export type PhotosTable = { [Name in PhotoColumnName]: ColumnType<Stored<Name>, never, Settable<Stored<Name>>> };

/** jsonb is written as JSON text, which the type of a parsed value does not say. */
type Settable<Value> = Extract<Value, string | number | bigint | boolean | Date | Uint8Array | string[] | null>;

export interface PhotoFilesTable {
  file_id: string;
  library_id: string;
  photo_id: string;
  root_id: string;
  path_bytes: Uint8Array;
  path: string;
  size: bigint;
  mtime_ns: bigint;
  /** An inode number needs 64 bits without a sign: numeric, hence a string. */
  inode: string;
  kind: Generated<PhotoFileKind>;
  /** Of a RAW file beside the picture. */
  sha256: Uint8Array | null;
  seen_run: string | null;
  missing_since: Date | null;
  created_ts: Timestamp;
  fingerprint: Generated<bigint | null>;
  ctime_ns: Generated<bigint | null>;
  /** The next run reads it again, though it is as it was. */
  reread: Generated<boolean>;
  /** Faces that it or its sidecars name; null: not known. */
  regions: Generated<unknown>;
}

export interface PhotoReadingsTable {
  library_id: string;
  photo_id: string;
  file_id: string | null;
  facts: Json<Record<string, unknown>>;
}

export interface IngestErrorsTable {
  error_id: string;
  library_id: string;
  run_id: string;
  root_id: string;
  path_bytes: Uint8Array;
  path: string;
  size: bigint | null;
  mtime_ns: bigint | null;
  stage: string;
  code: string;
  message: string;
  /** A later try may succeed though nobody touched the file. */
  retryable: Generated<boolean>;
  attempts: Generated<number>;
  created_ts: Timestamp;
  last_ts: Timestamp;
  resolved_ts: Date | null;
}

export interface EmbeddingSpacesTable {
  space_id: string;
  name: string;
  model: string;
  model_version: string;
  weights_sha256: string;
  alignment: string;
  dimension: number;
  metric: Generated<'l2'>;
  quantisation: Generated<string>;
  created_ts: Timestamp;
  same_person_distance: Generated<number | null>;
}

export interface ActiveSpacesTable {
  library_id: string;
  space_id: string;
}

export interface SpaceScalesTable {
  library_id: string;
  space_id: string;
  scale: number;
  faces: number;
  measured_ts: Timestamp;
}

export interface SpaceSwitchesTable {
  switch_id: string;
  library_id: string;
  from_space_id: string | null;
  to_space_id: string;
  actor: string;
  undoes: string | null;
  created_ts: Timestamp;
}

export interface EmbeddingFailuresTable {
  face_id: string;
  space_id: string;
  code: string;
  message: string;
  retryable: Generated<boolean>;
  attempts: Generated<number>;
  last_ts: Timestamp;
}

export interface FacesTable {
  face_id: string;
  library_id: string;
  photo_id: string;
  bbox_x: number;
  bbox_y: number;
  bbox_w: number;
  bbox_h: number;
  landmarks: ColumnType<[number, number][] | null, string | null, string | null>;
  detector: string;
  detector_score: number | null;
  quality: ColumnType<Record<string, number> | null, string | null, string | null>;
  bitmap: Uint8Array | null;
  source: Generated<FaceSource>;
  ignored: Generated<boolean>;
  ignored_reason: Generated<IgnoredReason | null>;
  provenance: JsonWithDefault<Record<string, unknown>>;
  run_id: string | null;
  created_ts: Timestamp;
}

export interface FaceEmbeddingsTable {
  face_id: string;
  library_id: string;
  space_id: string;
  dimension: number;
  embedding: string;
  created_ts: Timestamp;
}

export interface PeopleTable {
  person_id: string;
  library_id: string;
  display_name: string;
  aliases: Generated<string[]>;
  birth_date: string | null;
  hidden: Generated<boolean>;
  cover_face_id: string | null;
  merged_into: string | null;
  /** The journal entry that made or last changed the person. */
  event_id: string;
  created_ts: Timestamp;
}

export interface IdentityEventsTable {
  seq: Computed<bigint>;
  event_id: string;
  library_id: string;
  batch_id: string;
  kind: IdentityEventKind;
  face_id: string | null;
  person_id: string | null;
  other_person_id: string | null;
  other_face_id: string | null;
  photo_id: Generated<string | null>;
  actor: string;
  confidence: number | null;
  provenance: JsonWithDefault<Record<string, unknown>>;
  before: ColumnType<unknown, string | null, never>;
  after: ColumnType<unknown, string | null, never>;
  undoes: string | null;
  created_ts: Timestamp;
}

export interface FaceLabelsTable {
  face_id: string;
  library_id: string;
  photo_id: string;
  person_id: string;
  label_source: LabelSource;
  confidence: number;
  same_photo_allowed: Generated<boolean>;
  event_id: string;
  created_ts: Timestamp;
}

export interface FaceRejectionsTable {
  face_id: string;
  person_id: string;
  library_id: string;
  event_id: string;
  created_ts: Timestamp;
}

export interface PhotoLabelsTable {
  photo_id: string;
  person_id: string;
  library_id: string;
  event_id: string;
  created_ts: Timestamp;
}

export interface FaceGroupsTable {
  group_id: string;
  library_id: string;
  space_id: string;
  created_ts: Timestamp;
}

export interface FaceGroupMembersTable {
  face_id: string;
  library_id: string;
  group_id: string;
  part: number;
  log_crowding: number;
}

/** A face as it was before the journal entry that moved or removed it. */
export interface FormerFacesTable {
  event_id: string;
  face_id: string;
  library_id: string;
  photo_id: string;
  width: number;
  height: number;
  is_barred: boolean;
  face: ColumnType<Record<string, unknown>, string, never>;
  region: ColumnType<Record<string, unknown> | null, string | null, never>;
}

export interface FormerFaceEmbeddingsTable {
  event_id: string;
  space_id: string;
  dimension: number;
  embedding: string;
}

/** What a person said of two faces, the one with the lower id first. */
export interface FaceGroupSaysTable {
  face_id: string;
  other_face_id: string;
  library_id: string;
  is_same: boolean;
  created_ts: Timestamp;
}

/** How much a prior counts in a library. */
export interface LearnedCalibrationsTable {
  library_id: string;
  space_id: string;
  basis: 'face' | 'all';
  log_odds: number[];
  faces: number[];
  learned_ts: Timestamp;
}

export interface LearnedPriorsTable {
  library_id: string;
  prior: PriorName;
  weight_for: number;
  weight_against: number;
  faces: number;
  learned_ts: Timestamp;
}

export interface FaceRegionsTable {
  face_id: string;
  library_id: string;
  photo_id: string;
  name: string;
  kind: 'mwg-rs' | 'mp';
  bbox_x: number;
  bbox_y: number;
  bbox_w: number;
  bbox_h: number;
  file: string;
  program: string | null;
  run_id: string | null;
  created_ts: Timestamp;
}

export interface FileEventsTable {
  event_id: string;
  library_id: string;
  file_id: string;
  photo_id: string;
  kind: 'copied' | 'moved' | 'edited' | 'replaced' | 'missing' | 'restored';
  other_path: string | null;
  other_photo_id: string | null;
  former_sha256: Uint8Array | null;
  run_id: string | null;
  created_ts: Timestamp;
}

export interface UnsettledSpansTable {
  span_id: Generated<bigint>;
  library_id: string;
  camera_make: string;
  camera_model: string;
  first_local: string;
  last_local: string;
}

/** Written by triggers alone. */
export interface LibraryChangesTable {
  library_id: string;
  xid: Computed<string>;
  face_ids: Generated<string[]>;
  photo_ids: Generated<string[]>;
  created_ts: Timestamp;
}

export interface IdempotencyKeysTable {
  library_id: string;
  scope: string;
  key: string;
  fingerprint: string;
  status: number | null;
  headers: ColumnType<Record<string, string> | null, string | null, string | null>;
  response: string | null;
  created_ts: Timestamp;
  expires_ts: Date;
}

/** Every table of the schema, by its name in the database. */
export interface Tables {
  libraries: LibrariesTable;
  roots: RootsTable;
  ingest_runs: IngestRunsTable;
  photos: PhotosTable;
  photo_files: PhotoFilesTable;
  photo_readings: PhotoReadingsTable;
  ingest_errors: IngestErrorsTable;
  embedding_spaces: EmbeddingSpacesTable;
  active_spaces: ActiveSpacesTable;
  space_scales: SpaceScalesTable;
  space_switches: SpaceSwitchesTable;
  embedding_failures: EmbeddingFailuresTable;
  faces: FacesTable;
  face_embeddings: FaceEmbeddingsTable;
  people: PeopleTable;
  identity_events: IdentityEventsTable;
  face_labels: FaceLabelsTable;
  face_rejections: FaceRejectionsTable;
  photo_labels: PhotoLabelsTable;
  face_groups: FaceGroupsTable;
  face_group_members: FaceGroupMembersTable;
  face_group_says: FaceGroupSaysTable;
  learned_priors: LearnedPriorsTable;
  learned_calibrations: LearnedCalibrationsTable;
  former_faces: FormerFacesTable;
  former_face_embeddings: FormerFaceEmbeddingsTable;
  unsettled_spans: UnsettledSpansTable;
  face_regions: FaceRegionsTable;
  file_events: FileEventsTable;
  idempotency_keys: IdempotencyKeysTable;
  library_changes: LibraryChangesTable;
}
