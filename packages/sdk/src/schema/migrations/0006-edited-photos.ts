/** By which content a photo was known before it was edited in place. */
export const editedPhotos: readonly string[] = [
  `ALTER TABLE file_events ADD COLUMN former_sha256 bytea CHECK (length(former_sha256) = 32)`,
  `CREATE INDEX file_events_by_former_content ON file_events (library_id, former_sha256) WHERE former_sha256 IS NOT NULL`,
  `COMMENT ON COLUMN file_events.kind IS
    'edited: other content in the same file (inode), or another state of the same picture; replaced: another file under the same path.'`,
  `COMMENT ON COLUMN file_events.other_photo_id IS
    'edited, replaced: the photo that the path held before; null when that photo went on with the new content.'`,
  `COMMENT ON COLUMN file_events.former_sha256 IS 'edited: the content of the photo before, when it went on with the new one.'`,
];
