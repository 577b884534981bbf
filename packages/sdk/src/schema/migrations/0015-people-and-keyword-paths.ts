import { weighted } from './0013-folded-text.ts';

/** Properties of XMP that hold names of people or paths of keywords, in the tags that are stored. */
const NAMES_AND_PATHS = [
  'Iptc4xmpExt:PersonInImage',
  'Iptc4xmpExt:PersonInImageWDetails',
  'lr:hierarchicalSubject',
  'digiKam:TagsList',
  'MicrosoftPhoto:LastKeywordXMP',
  'MicrosoftPhoto:LastKeywordIPTC',
];
const listed = `ARRAY[${NAMES_AND_PATHS.map((name) => `'${name}'`).join(', ')}]`;

/** Who is in a photo without a place in it, keywords by their paths, and which file names which face. */
export const peopleAndKeywordPaths: readonly string[] = [
  `ALTER TABLE photos
    ADD COLUMN keyword_paths text[] NOT NULL DEFAULT '{}',
    ADD COLUMN people_shown jsonb NOT NULL DEFAULT '[]'`,
  `COMMENT ON COLUMN photos.keyword_paths IS 'Keywords of hierarchies: levels parted by |, the highest first.'`,
  `COMMENT ON COLUMN photos.people_shown IS
    'Names that metadata gives without a place in the picture, each with its source and file, and with the reason where a face region could not be placed.'`,
  `UPDATE photo_readings SET facts = '{"keyword_paths": [], "people_shown": []}'::jsonb || facts`,

  `ALTER TABLE photos DROP COLUMN search`,
  `ALTER TABLE photos ADD COLUMN search tsvector GENERATED ALWAYS AS (
    ${weighted.camera} || ${weighted.lens} || ${weighted.place} ||
    ${weighted.words(`photoorg_join(keywords) || ' ' || photoorg_join(keyword_paths)`)}
  ) STORED`,
  `CREATE INDEX photos_search ON photos USING gin (search)`,
  `COMMENT ON COLUMN photos.search IS
    'Folded words of camera (weight A), lens (B), place (C), path, title, caption, keywords and their paths (D).'`,

  `ALTER TABLE photo_files ADD COLUMN regions jsonb`,
  `COMMENT ON COLUMN photo_files.regions IS
    'Faces that the file or its sidecars name, as last read: name, box in pixels of the upright image, kind, file, program. null: not known until it is read again.'`,
  // Their regions were taken over without a look at the picture that they were drawn on, and nobody noted which file says what.
  `UPDATE photo_files file SET reread = true
    WHERE file.kind = 'original' AND file.missing_since IS NULL AND (
      EXISTS (SELECT FROM face_regions region WHERE region.photo_id = file.photo_id)
      OR EXISTS (SELECT FROM photos photo WHERE photo.photo_id = file.photo_id AND (
        photo.exif -> 'xmp' ?| ${listed} OR photo.exif -> 'sidecar' ?| ${listed} OR photo.exif #> '{takeout,people,0}' IS NOT NULL)))`,
];
