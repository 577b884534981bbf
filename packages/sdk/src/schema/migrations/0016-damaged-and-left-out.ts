/** Photos whose picture is not whole or not seen, and files that a run met and did not take. */
export const damagedAndLeftOut: readonly string[] = [
  `ALTER TABLE photos ADD COLUMN picture_error text`,
  `COMMENT ON COLUMN photos.picture_error IS
    'Why the picture is not seen, or not all of it: the code of an error. NULL for a whole picture.'`,
  // Nothing said whether these lacked their decoder: they are looked at once more where it is there.
  `UPDATE photos SET picture_error = 'DECODER_MISSING' WHERE phash IS NULL AND mime IN ('image/heic', 'image/jxl')`,
  // What was refused then is a photo now.
  `UPDATE ingest_errors SET retryable = true WHERE resolved_ts IS NULL AND stage IN ('pixels', 'faces')
    AND code IN ('IMAGE_TRUNCATED', 'IMAGE_CORRUPT', 'IMAGE_TOO_LARGE', 'IMAGE_UNREADABLE')`,
  `ALTER TABLE ingest_runs ADD COLUMN left_out jsonb`,
  `COMMENT ON COLUMN ingest_runs.left_out IS 'Files that the run met and did not take: their number by kind, and what reads them. NULL where it did not look at everything.'`,
];
