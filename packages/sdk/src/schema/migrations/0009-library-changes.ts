/** Tables of what is known of a face. A face that is deleted takes its rows along, which is noted in the same way. */
const OF_FACES = ['face_embeddings', 'face_labels', 'face_rejections'];
const EVENTS = ['INSERT', 'UPDATE', 'DELETE'];

/** Columns of `photos` that say something about who is on its faces. */
const PHOTO_COLUMNS = [
  'library_id',
  'photo_id',
  'deleted_ts',
  'missing_since',
  'shot_ts',
  'shot_local',
  'shot_ts_precision',
  'latitude',
  'longitude',
  'place_city',
  'place_region',
  'place_country_code',
].join(', ');
function noteStatement(table: string, event: string, noting: string): string {
  return `CREATE TRIGGER ${table}_note_${event.toLowerCase()} AFTER ${event} ON ${table}
    REFERENCING ${event === 'DELETE' ? 'OLD' : 'NEW'} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ${noting}()`;
}

/**
 * What changed of faces and their photos, written by the database itself in the transaction of the change: no writer can forget it.
 * Rows are only added, so writers never wait for each other; `xid` tells a reader what its last snapshot did not show.
 */
export const libraryChanges: readonly string[] = [
  `CREATE TABLE library_changes (
    library_id uuid NOT NULL REFERENCES libraries ON DELETE CASCADE,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    face_ids uuid[] NOT NULL DEFAULT '{}',
    photo_ids uuid[] NOT NULL DEFAULT '{}',
    created_ts timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX library_changes_by_xid ON library_changes (library_id, xid)`,
  `COMMENT ON TABLE library_changes IS
    'What changed of faces and their photos, a row a statement: by it a program knows what of its memory to read again. Kept for a week.'`,
  `COMMENT ON COLUMN library_changes.xid IS 'The transaction: what a snapshot does not show yet is news to its owner.'`,
  `COMMENT ON COLUMN library_changes.face_ids IS 'Faces whose vector, label or rejections changed, or that are gone.'`,
  `COMMENT ON COLUMN library_changes.photo_ids IS 'Photos whose time, place or presence changed.'`,

  `CREATE FUNCTION photoorg_note_faces() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO library_changes (library_id, face_ids) SELECT library_id, array_agg(face_id) FROM changed GROUP BY library_id;
    RETURN NULL;
  END $$`,
  ...OF_FACES.flatMap((table) => EVENTS.map((event) => noteStatement(table, event, 'photoorg_note_faces'))),

  // Saving a photo again writes all columns of its faces but these two.
  `CREATE FUNCTION photoorg_note_face() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO library_changes (library_id, face_ids) VALUES (NEW.library_id, ARRAY[NEW.face_id]);
    RETURN NULL;
  END $$`,
  `CREATE TRIGGER faces_note_update AFTER UPDATE OF ignored, photo_id ON faces
    FOR EACH ROW WHEN ((OLD.ignored, OLD.photo_id) IS DISTINCT FROM (NEW.ignored, NEW.photo_id)) EXECUTE FUNCTION photoorg_note_face()`,

  // EXCEPT rather than a join: the plan is kept, and one made for a single photo would compare each of thousands with each.
  `CREATE FUNCTION photoorg_note_photos() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO library_changes (library_id, photo_ids)
    SELECT library_id, array_agg(photo_id)
    FROM (SELECT ${PHOTO_COLUMNS} FROM changed EXCEPT SELECT ${PHOTO_COLUMNS} FROM former) AS photo GROUP BY library_id;
    RETURN NULL;
  END $$`,
  `CREATE TRIGGER photos_note_update AFTER UPDATE ON photos
    REFERENCING OLD TABLE AS former NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION photoorg_note_photos()`,

  `CREATE FUNCTION photoorg_note_people() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO library_changes (library_id) SELECT DISTINCT library_id FROM changed;
    RETURN NULL;
  END $$`,
  ...EVENTS.map((event) => noteStatement('people', event, 'photoorg_note_people')),

  // A run adds most of the rows, so a run forgets the old ones. SKIP LOCKED: two that start at once share the work.
  `CREATE FUNCTION photoorg_forget_changes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    DELETE FROM library_changes WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM library_changes WHERE library_id = NEW.library_id AND created_ts < now() - interval '7 days'
      FOR UPDATE SKIP LOCKED));
    RETURN NULL;
  END $$`,
  `CREATE TRIGGER ingest_runs_forget_changes AFTER INSERT ON ingest_runs
    FOR EACH ROW EXECUTE FUNCTION photoorg_forget_changes()`,

  // To leave out the faces of deleted photos, which are few, without reading the photos of all others.
  `CREATE INDEX photos_deleted ON photos (photo_id) WHERE deleted_ts IS NOT NULL`,
];
