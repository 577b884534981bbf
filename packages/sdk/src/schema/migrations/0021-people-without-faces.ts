/** Who is on a photo without a face there: from behind, cut off, too small. */
export const peopleWithoutFaces: readonly string[] = [
  `CREATE TABLE photo_labels (
    photo_id uuid NOT NULL,
    person_id uuid NOT NULL,
    library_id uuid NOT NULL,
    event_id uuid NOT NULL REFERENCES identity_events (event_id),
    created_ts timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (photo_id, person_id),
    FOREIGN KEY (photo_id, library_id) REFERENCES photos (photo_id, library_id) ON DELETE CASCADE,
    FOREIGN KEY (person_id, library_id) REFERENCES people (person_id, library_id)
  )`,
  `CREATE INDEX photo_labels_by_person ON photo_labels (person_id)`,
  `CREATE INDEX photo_labels_by_library ON photo_labels (library_id)`,
  `COMMENT ON TABLE photo_labels IS
    'People who are on a photo as somebody said, without a face by which they are: from behind, cut off, too small.'`,
  // Who is on a photo speaks for who else is: programs that rank people learn that it changed.
  ...['INSERT', 'UPDATE', 'DELETE'].map(
    (event) => `CREATE TRIGGER photo_labels_note_${event.toLowerCase()} AFTER ${event} ON photo_labels
      REFERENCING ${event === 'DELETE' ? 'OLD' : 'NEW'} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION photoorg_note_people()`,
  ),

  `ALTER TABLE identity_events ADD COLUMN photo_id uuid`,
  `CREATE INDEX identity_events_by_photo ON identity_events (photo_id) WHERE photo_id IS NOT NULL`,
  `COMMENT ON COLUMN identity_events.photo_id IS 'Of entries about a whole photo.'`,
  // Whatever kinds other migrations added stay.
  `DO $$ DECLARE known text; BEGIN
    SELECT pg_get_expr(conbin, conrelid) INTO STRICT known FROM pg_constraint
      WHERE conrelid = 'identity_events'::regclass AND conname = 'identity_events_kind_check';
    ALTER TABLE identity_events DROP CONSTRAINT identity_events_kind_check;
    EXECUTE format('ALTER TABLE identity_events ADD CONSTRAINT identity_events_kind_check CHECK (%s OR kind IN (%L, %L))',
      known, 'photo_labelled', 'photo_label_cleared');
  END $$`,
];
