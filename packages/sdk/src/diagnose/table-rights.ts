import type { Tables } from '../schema/tables.ts';

const EVERYTHING = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] as const;
/** Entries are never changed: the database refuses it to everybody. */
const APPENDED = ['SELECT', 'INSERT'] as const;

/** What the role that opens a library must be allowed on each table; typed by the tables, so that none is forgotten. */
export const TABLE_RIGHTS: Readonly<Record<keyof Tables, readonly string[]>> = {
  libraries: EVERYTHING,
  roots: EVERYTHING,
  ingest_runs: EVERYTHING,
  photos: EVERYTHING,
  photo_files: EVERYTHING,
  photo_readings: EVERYTHING,
  ingest_errors: EVERYTHING,
  embedding_spaces: EVERYTHING,
  active_spaces: EVERYTHING,
  space_scales: EVERYTHING,
  space_switches: EVERYTHING,
  embedding_failures: EVERYTHING,
  faces: EVERYTHING,
  face_embeddings: EVERYTHING,
  people: EVERYTHING,
  identity_events: APPENDED,
  face_labels: EVERYTHING,
  face_rejections: EVERYTHING,
  photo_labels: EVERYTHING,
  face_groups: EVERYTHING,
  face_group_members: EVERYTHING,
  face_group_says: EVERYTHING,
  learned_priors: EVERYTHING,
  learned_calibrations: EVERYTHING,
  former_faces: EVERYTHING,
  former_face_embeddings: EVERYTHING,
  unsettled_spans: EVERYTHING,
  face_regions: EVERYTHING,
  file_events: EVERYTHING,
  idempotency_keys: EVERYTHING,
  library_changes: EVERYTHING,
};
