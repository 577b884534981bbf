/** A face that is set aside may say why; what it says of faces like it depends on that. */
export const whyItIsNobody: readonly string[] = [
  `ALTER TABLE faces ADD COLUMN ignored_reason text
    CHECK (ignored_reason IN ('stranger', 'not_a_face', 'picture', 'unclear')), ADD CHECK (ignored OR ignored_reason IS NULL)`,
  `COMMENT ON COLUMN faces.ignored_reason IS
    'Why it is nobody: stranger, not_a_face, picture (a poster, statue or animal), unclear (too poor to tell); null when nobody said.'`,
  `DROP TRIGGER faces_note_update ON faces`,
  `CREATE TRIGGER faces_note_update AFTER UPDATE OF ignored, ignored_reason, photo_id ON faces
    FOR EACH ROW WHEN ((OLD.ignored, OLD.ignored_reason, OLD.photo_id) IS DISTINCT FROM (NEW.ignored, NEW.ignored_reason, NEW.photo_id))
    EXECUTE FUNCTION photoorg_note_face()`,
];
