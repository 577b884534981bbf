/** Which journal entry made a person what they are, as labels tell it: who writes can say what they had read. */
export const peopleByEntry: readonly string[] = [
  `ALTER TABLE people ADD COLUMN event_id uuid`,
  `UPDATE people SET event_id = last.event_id FROM (
    SELECT DISTINCT ON (person_id) person_id, event_id FROM identity_events WHERE face_id IS NULL ORDER BY person_id, seq DESC
  ) AS last WHERE last.person_id = people.person_id`,
  `ALTER TABLE people ALTER COLUMN event_id SET NOT NULL, ADD FOREIGN KEY (event_id) REFERENCES identity_events (event_id)`,
  `COMMENT ON COLUMN people.event_id IS 'The journal entry that made or last changed the person.'`,
];
