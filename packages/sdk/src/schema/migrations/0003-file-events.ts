/** What became of files: so that the library can say why a photo lies where it does. */
export const fileEvents: readonly string[] = [
  `CREATE TABLE file_events (
    event_id uuid PRIMARY KEY,
    library_id uuid NOT NULL REFERENCES libraries,
    file_id uuid NOT NULL REFERENCES photo_files ON DELETE CASCADE,
    photo_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('copied', 'moved', 'edited', 'replaced', 'missing', 'restored')),
    other_path text,
    other_photo_id uuid,
    run_id uuid REFERENCES ingest_runs,
    created_ts timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (library_id, photo_id) REFERENCES photos (library_id, photo_id) ON DELETE CASCADE
  )`,
  `CREATE INDEX file_events_by_file ON file_events (file_id)`,
  `CREATE INDEX file_events_by_photo ON file_events (photo_id)`,
  `CREATE INDEX file_events_by_other_photo ON file_events (other_photo_id) WHERE other_photo_id IS NOT NULL`,
  `COMMENT ON TABLE file_events IS 'What runs found that had become of known files. A file that was only ever found has none.'`,
  `COMMENT ON COLUMN file_events.photo_id IS 'The photo that the file holds since.'`,
  `COMMENT ON COLUMN file_events.kind IS
    'edited: other content in the same file (inode); replaced: another file under the same path.'`,
  `COMMENT ON COLUMN file_events.other_path IS 'moved: where it was; copied: where the same content lies, too. Absolute, for people.'`,
  `COMMENT ON COLUMN file_events.other_photo_id IS 'edited, replaced: the photo that the path held before.'`,
  `COMMENT ON COLUMN roots.marker IS 'JSON by which the folder is known again: file system, and folders mounted inside.'`,
];
