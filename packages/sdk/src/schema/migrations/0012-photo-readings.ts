/** What each file says of its photo, so that the photo is what its files say that are there. */
export const photoReadings: readonly string[] = [
  `CREATE TABLE photo_readings (
    library_id uuid NOT NULL REFERENCES libraries,
    photo_id uuid NOT NULL,
    file_id uuid REFERENCES photo_files ON DELETE CASCADE,
    facts jsonb NOT NULL,
    FOREIGN KEY (library_id, photo_id) REFERENCES photos (library_id, photo_id) ON DELETE CASCADE
  )`,
  `CREATE UNIQUE INDEX photo_readings_by_photo ON photo_readings (photo_id, file_id) NULLS NOT DISTINCT`,
  `CREATE INDEX photo_readings_by_file ON photo_readings (file_id)`,
  `COMMENT ON TABLE photo_readings IS
    'What each file of a photo says of it, with its sidecars, where more than one does. What a photo''s only file says is the row in photos itself.'`,
  `COMMENT ON COLUMN photo_readings.file_id IS 'null: said by a program that saved the photo without a file.'`,
  `COMMENT ON COLUMN photo_readings.facts IS 'Values of columns of photos, by name.'`,
  `ALTER TABLE photo_files ADD COLUMN reread boolean NOT NULL DEFAULT false`,
  `COMMENT ON COLUMN photo_files.reread IS 'The next run reads it again, though it is as it was.'`,
  `ALTER TABLE photo_files ADD COLUMN fingerprint bigint, ADD COLUMN ctime_ns bigint`,
  `COMMENT ON COLUMN photo_files.fingerprint IS
    '64 bits of the sizes, times and names of the file and its sidecars; null: size, mtime_ns and inode tell whether it changed.'`,
  `COMMENT ON COLUMN photo_files.ctime_ns IS
    'Last change of content, name or rights of the file and its sidecars, in nanoseconds since 1970; means nothing once the inode is another.'`,
  // Earlier versions folded copies and sidecars into one row for good: what was taken out of a sidecar may still stand there.
  `UPDATE photo_files file SET reread = true FROM photos photo
    WHERE photo.photo_id = file.photo_id AND file.kind = 'original' AND file.missing_since IS NULL AND (
      photo.exif ?| ARRAY['sidecar', 'takeout'] OR photo.shot_ts_source LIKE 'sidecar:%' OR photo.shot_ts_source LIKE 'takeout:%'
      OR EXISTS (SELECT FROM photo_files other
        WHERE other.photo_id = file.photo_id AND other.file_id <> file.file_id AND other.kind = 'original'))`,
];
