/** What confidences are worth in a library, by its own confirmed faces. */
export const learnedCalibrations: readonly string[] = [
  `CREATE TABLE learned_calibrations (
    library_id uuid NOT NULL REFERENCES libraries ON DELETE CASCADE,
    space_id uuid NOT NULL REFERENCES embedding_spaces ON DELETE CASCADE,
    basis text NOT NULL CHECK (basis IN ('face', 'all')),
    log_odds double precision[] NOT NULL,
    faces double precision[] NOT NULL CHECK (cardinality(faces) = cardinality(log_odds)),
    learned_ts timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (library_id, space_id, basis)
  )`,
  `COMMENT ON TABLE learned_calibrations IS
    'What the confidences of suggestions are worth in an embedding space. Without a row they are taken at their word.'`,
  `COMMENT ON COLUMN learned_calibrations.basis IS 'Confidences by the face terms alone, or by all terms.'`,
  `COMMENT ON COLUMN learned_calibrations.log_odds IS
    'Log-odds of what was right where the ranking claims log-odds of -6, -5.7 and so on up to 12.'`,
  `COMMENT ON COLUMN learned_calibrations.faces IS 'How many faces each of them rests on.'`,
  // Programs that keep a ranking in memory learn that another one changed it.
  ...['INSERT', 'UPDATE', 'DELETE'].map(
    (event) => `CREATE TRIGGER learned_calibrations_note_${event.toLowerCase()} AFTER ${event} ON learned_calibrations
      REFERENCING ${event === 'DELETE' ? 'OLD' : 'NEW'} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION photoorg_note_people()`,
  ),
];
