/** What tells a photo's RAW file again when it moves, and how long a run's stages took. */
export const companionFiles: readonly string[] = [
  `ALTER TABLE photo_files ADD COLUMN sha256 bytea CHECK (length(sha256) = 32)`,
  `CREATE INDEX photo_files_by_content ON photo_files (library_id, sha256) WHERE sha256 IS NOT NULL`,
  `COMMENT ON COLUMN photo_files.sha256 IS
    'Hash of a RAW file beside the picture that the photo is; null for the picture itself, which has the photo''s, and for films.'`,
  `COMMENT ON COLUMN photo_files.kind IS
    'original: the picture, or a copy of it; raw: what the camera''s sensor saw; live: the film of a live photo; sidecar: unused.'`,
  `ALTER TABLE ingest_runs ADD COLUMN stage_millis jsonb NOT NULL DEFAULT '{}'`,
  `COMMENT ON COLUMN ingest_runs.stage_millis IS
    'Milliseconds by stage (walk, hash, metadata, pixels, faces, save), those of files side by side added up.'`,
];
