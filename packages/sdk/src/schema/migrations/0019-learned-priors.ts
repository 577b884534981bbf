/** How much time, company and place tell in a library, by its own confirmed faces. */
export const learnedPriors: readonly string[] = [
  `CREATE TABLE learned_priors (
    library_id uuid NOT NULL REFERENCES libraries ON DELETE CASCADE,
    prior text NOT NULL CHECK (prior IN ('shot time', 'company', 'place')),
    weight_for double precision NOT NULL CHECK (weight_for >= 0),
    weight_against double precision NOT NULL CHECK (weight_against >= 0),
    faces integer NOT NULL CHECK (faces >= 0),
    learned_ts timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (library_id, prior)
  )`,
  `COMMENT ON TABLE learned_priors IS
    'What is known around a face counts by these weights in the ranking of people. Without a row it counts as photoorg comes.'`,
  `COMMENT ON COLUMN learned_priors.weight_for IS
    'What the log-odds that the counts give are multiplied with where they speak for a person.'`,
  `COMMENT ON COLUMN learned_priors.weight_against IS 'The same where they speak against one.'`,
  `COMMENT ON COLUMN learned_priors.faces IS 'Confirmed faces for which the prior had something to say.'`,
  // Programs that keep a ranking in memory learn that another one changed it.
  ...['INSERT', 'UPDATE', 'DELETE'].map(
    (event) => `CREATE TRIGGER learned_priors_note_${event.toLowerCase()} AFTER ${event} ON learned_priors
      REFERENCING ${event === 'DELETE' ? 'OLD' : 'NEW'} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION photoorg_note_people()`,
  ),
];
