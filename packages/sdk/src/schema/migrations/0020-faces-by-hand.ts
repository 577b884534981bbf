/** Faces that people draw, move and remove, and what they say of pairs of faces, are entries of the journal. */
export const facesByHand: readonly string[] = [
  `ALTER TABLE identity_events DROP CONSTRAINT identity_events_kind_check, ADD CONSTRAINT identity_events_kind_check CHECK (kind IN (
    'person_created', 'person_changed', 'person_merged', 'person_removed', 'label_set', 'label_cleared', 'person_rejected',
    'rejection_cleared', 'face_ignored', 'face_created', 'face_moved', 'face_removed', 'pair_set', 'pair_cleared'))`,
  `ALTER TABLE identity_events ADD COLUMN other_face_id uuid`,
  `COMMENT ON COLUMN identity_events.other_face_id IS 'Of what was said of two faces: the one with the higher id.'`,
  `CREATE INDEX identity_events_by_other_face ON identity_events (other_face_id, seq) WHERE other_face_id IS NOT NULL`,

  // What was said of pairs so far enters the journal as it stands, a batch a library.
  `INSERT INTO identity_events (event_id, library_id, batch_id, kind, face_id, other_face_id, actor, after, created_ts)
    SELECT gen_random_uuid(), library_id, batch_id, 'pair_set', face_id, other_face_id, 'unnamed',
      jsonb_build_object('isSame', is_same), said.created_ts
    FROM face_group_says said
      JOIN (SELECT library_id, gen_random_uuid() AS batch_id FROM face_group_says GROUP BY library_id) AS batch USING (library_id)
    ORDER BY said.created_ts, face_id, other_face_id`,
  `COMMENT ON TABLE face_group_says IS
    'What a person said of two faces by merging groups or taking faces out of one: whether they are one person. Derived from the journal.'`,

  `CREATE TABLE former_faces (
    event_id uuid PRIMARY KEY REFERENCES identity_events (event_id),
    face_id uuid NOT NULL,
    library_id uuid NOT NULL,
    photo_id uuid NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    is_barred boolean NOT NULL,
    face jsonb NOT NULL,
    region jsonb,
    FOREIGN KEY (library_id, photo_id) REFERENCES photos (library_id, photo_id) ON DELETE CASCADE
  )`,
  `CREATE INDEX former_faces_by_photo ON former_faces (photo_id)`,
  `COMMENT ON TABLE former_faces IS
    'A face as it was before somebody moved or removed it: undoing the entry brings it back.'`,
  `COMMENT ON COLUMN former_faces.width IS 'Of the photo then, in pixels: what the box and landmarks are in.'`,
  `COMMENT ON COLUMN former_faces.is_barred IS
    'Somebody said that there is no face there: whatever finds it again is not believed.'`,
  `COMMENT ON COLUMN former_faces.face IS 'Its row in faces.'`,
  `COMMENT ON COLUMN former_faces.region IS 'Its row in face_regions; null for a face that no file named.'`,

  `CREATE TABLE former_face_embeddings (
    event_id uuid NOT NULL REFERENCES former_faces ON DELETE CASCADE,
    space_id uuid NOT NULL,
    dimension smallint NOT NULL,
    embedding vector NOT NULL,
    PRIMARY KEY (event_id, space_id),
    FOREIGN KEY (space_id, dimension) REFERENCES embedding_spaces (space_id, dimension) ON DELETE CASCADE
  )`,
  `CREATE INDEX former_face_embeddings_by_space ON former_face_embeddings (space_id)`,
  `COMMENT ON TABLE former_face_embeddings IS 'The vectors of such a face.'`,
];
