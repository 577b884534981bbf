/** A photo whose shot is known as an instant alone stands there in the timeline; it stood at the last change of its file. */
export const instantsInTheTimeline: readonly string[] = [
  // SET EXPRESSION would keep the column, from PostgreSQL 17 on.
  `ALTER TABLE photos DROP COLUMN sort_ts`,
  `ALTER TABLE photos ADD COLUMN sort_ts timestamp NOT NULL GENERATED ALWAYS AS (coalesce(
    shot_local, shot_ts AT TIME ZONE 'UTC' + make_interval(mins => coalesce(shot_offset_min, 0)),
    modified_ts AT TIME ZONE 'UTC', '0001-01-01'::timestamp)) STORED`,
  `CREATE INDEX photos_by_shot ON photos (library_id, sort_ts DESC, photo_id DESC)`,
  `COMMENT ON COLUMN photos.sort_ts IS
    'The order of the timeline: wall clock of the shot, else its instant (in UTC while no offset is known), else when the file was last changed.'`,
];
