/** Several embedding spaces for one library, of which one serves. */
export const spacesSideBySide: readonly string[] = [
  `CREATE TABLE active_spaces (
    library_id uuid PRIMARY KEY REFERENCES libraries,
    space_id uuid NOT NULL REFERENCES embedding_spaces
  )`,
  `COMMENT ON TABLE active_spaces IS
    'The embedding space that searches, suggestions and the review of a library use: the first one that was added, until another is chosen.'`,
  // Where several were filled, the one that knows most of what people said.
  `INSERT INTO active_spaces (library_id, space_id)
    SELECT DISTINCT ON (embedding.library_id) embedding.library_id, embedding.space_id
    FROM face_embeddings embedding LEFT JOIN face_labels label USING (face_id)
    GROUP BY embedding.library_id, embedding.space_id
    ORDER BY embedding.library_id, count(*) FILTER (WHERE label.label_source <> 'model_guess') DESC, count(*) DESC, embedding.space_id`,
  `ALTER TABLE embedding_spaces ADD COLUMN same_person_distance real CHECK (same_person_distance > 0)`,
  `COMMENT ON COLUMN embedding_spaces.same_person_distance IS
    'L2 distance below which two faces are usually one person, as its maker says; null: 0.6, dlib''s.'`,
  `CREATE TABLE space_scales (
    library_id uuid NOT NULL REFERENCES libraries,
    space_id uuid NOT NULL REFERENCES embedding_spaces,
    scale double precision NOT NULL CHECK (scale > 0),
    faces integer NOT NULL CHECK (faces > 0),
    measured_ts timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (library_id, space_id)
  )`,
  `COMMENT ON TABLE space_scales IS
    'What a distance of a space is multiplied with to be like one of dlib, as measured on faces that have a vector in both.'`,
  `COMMENT ON COLUMN space_scales.faces IS 'How many faces it was measured on.'`,
  `CREATE TABLE space_switches (
    switch_id uuid PRIMARY KEY,
    library_id uuid NOT NULL REFERENCES libraries,
    from_space_id uuid REFERENCES embedding_spaces,
    to_space_id uuid NOT NULL REFERENCES embedding_spaces,
    actor text NOT NULL CHECK (length(actor) BETWEEN 1 AND 200),
    undoes uuid REFERENCES space_switches,
    created_ts timestamptz NOT NULL DEFAULT now()
  )`,
  `COMMENT ON TABLE space_switches IS 'Who chose which embedding space when. Rows are only ever added.'`,
  `COMMENT ON COLUMN space_switches.undoes IS 'The switch that this one takes back.'`,
  `CREATE INDEX space_switches_by_library ON space_switches (library_id, switch_id)`,
  `CREATE TABLE embedding_failures (
    face_id uuid NOT NULL REFERENCES faces ON DELETE CASCADE,
    space_id uuid NOT NULL REFERENCES embedding_spaces,
    code text NOT NULL,
    message text NOT NULL,
    retryable boolean NOT NULL DEFAULT false,
    attempts integer NOT NULL DEFAULT 1,
    last_ts timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (face_id, space_id)
  )`,
  `COMMENT ON TABLE embedding_failures IS 'Faces that could not be embedded in a space when it was filled, and why.'`,
];
