/** What other programs wrote into files about who is where in a photo, as it was last taken over. */
export const faceRegions: readonly string[] = [
  `ALTER TABLE photos ADD COLUMN regions_read_ts timestamptz`,
  `COMMENT ON COLUMN photos.regions_read_ts IS
    'When the face regions in its files were last taken over; null: not all of them yet.'`,

  `CREATE TABLE face_regions (
    face_id uuid PRIMARY KEY,
    library_id uuid NOT NULL,
    photo_id uuid NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    kind text NOT NULL CHECK (kind IN ('mwg-rs', 'mp')),
    bbox_x integer NOT NULL CHECK (bbox_x >= 0),
    bbox_y integer NOT NULL CHECK (bbox_y >= 0),
    bbox_w integer NOT NULL CHECK (bbox_w > 0),
    bbox_h integer NOT NULL CHECK (bbox_h > 0),
    file text NOT NULL,
    program text,
    run_id uuid REFERENCES ingest_runs,
    created_ts timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (face_id, photo_id) REFERENCES faces (face_id, photo_id) ON DELETE CASCADE,
    FOREIGN KEY (library_id, photo_id) REFERENCES photos (library_id, photo_id) ON DELETE CASCADE
  )`,
  `CREATE INDEX face_regions_by_photo ON face_regions (photo_id)`,
  `COMMENT ON TABLE face_regions IS
    'The region that a file names a face by, as last read or written: only a changed one says something new.'`,
  `COMMENT ON COLUMN face_regions.kind IS 'Metadata Working Group (mwg-rs) or Microsoft (mp).'`,
  `COMMENT ON COLUMN face_regions.bbox_x IS 'Pixels of the upright image, as all of the box; as drawn by that program.'`,
  `COMMENT ON COLUMN face_regions.file IS 'Path of the file that says so: the photo or its sidecar.'`,
  `COMMENT ON COLUMN face_regions.program IS 'Program that wrote it, as far as the file tells; photoorg for an export.'`,
];
