/** Groups of faces that show one person, whether or not anybody said who it is. */
export const faceGroups: readonly string[] = [
  `CREATE TABLE face_groups (
    group_id uuid PRIMARY KEY,
    library_id uuid NOT NULL REFERENCES libraries ON DELETE CASCADE,
    space_id uuid NOT NULL REFERENCES embedding_spaces ON DELETE CASCADE,
    created_ts timestamptz NOT NULL DEFAULT now(),
    UNIQUE (group_id, library_id)
  )`,
  `CREATE INDEX face_groups_by_library ON face_groups (library_id)`,
  `COMMENT ON TABLE face_groups IS
    'Faces that seem to show one person. A group keeps its id while it keeps most of its faces.'`,
  `COMMENT ON COLUMN face_groups.space_id IS 'The embedding space in which they are alike.'`,

  `CREATE TABLE face_group_members (
    face_id uuid PRIMARY KEY,
    library_id uuid NOT NULL,
    group_id uuid NOT NULL,
    part integer NOT NULL,
    log_crowding double precision NOT NULL,
    FOREIGN KEY (face_id, library_id) REFERENCES faces (face_id, library_id) ON DELETE CASCADE,
    FOREIGN KEY (group_id, library_id) REFERENCES face_groups (group_id, library_id) ON DELETE CASCADE
  )`,
  `CREATE INDEX face_group_members_by_group ON face_group_members (group_id)`,
  `CREATE INDEX face_group_members_by_library ON face_group_members (library_id)`,
  `COMMENT ON TABLE face_group_members IS 'The group of each face; one that is like no other has a group of its own.'`,
  `COMMENT ON COLUMN face_group_members.part IS
    'Faces of one part are alike; those of several parts are one person because somebody said so.'`,
  `COMMENT ON COLUMN face_group_members.log_crowding IS
    'Natural logarithm of the L2 distance to the nearest strangers, when the face was grouped.'`,

  `CREATE TABLE face_group_says (
    face_id uuid NOT NULL,
    other_face_id uuid NOT NULL,
    library_id uuid NOT NULL,
    is_same boolean NOT NULL,
    created_ts timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (face_id, other_face_id),
    CHECK (face_id < other_face_id),
    FOREIGN KEY (face_id, library_id) REFERENCES faces (face_id, library_id) ON DELETE CASCADE,
    FOREIGN KEY (other_face_id, library_id) REFERENCES faces (face_id, library_id) ON DELETE CASCADE
  )`,
  `CREATE INDEX face_group_says_by_other ON face_group_says (other_face_id)`,
  `COMMENT ON TABLE face_group_says IS
    'What a person said of two faces by merging groups or taking faces out of one: whether they are one person. Outlasts the groups.'`,
];
