import { CAPITALS, DROPPED, LIGATURES, PLAIN_LETTERS, SEPARATORS, UNSPACED } from './0013-letters.ts';

/** Characters of a text that are looked at; with words of at most 255 of them a search vector stays below PostgreSQL's limit of 1 MB. */
const LONGEST_TEXT = 40_000;
/** Of the camera, the lens and the place. */
const LONGEST_NAME = 2_000;
const LONGEST_WORD = 255;

const listed = (table: string) => table.trim().split(/\s+/);

/** Characters by their code points, for a bracket expression: ranges are those of code points whatever the locale. */
function charactersOf(table: string): string {
  const escaped = (codePoint: string) => `\\U${codePoint.padStart(8, '0')}`;
  return listed(table)
    .map((range) => range.split('-').map(escaped).join('-'))
    .join('');
}

/** Each letter and the single one that it becomes, capitals first made small. */
function singleLetters(): Map<string, string> {
  const plain = new Map(listed(PLAIN_LETTERS).map((pair) => [...pair] as [string, string]));
  const letters = new Map<string, string>();
  for (const entry of listed(CAPITALS)) {
    const [range, way] = entry.split(':') as [string, string];
    const step = range.includes('=') ? 2 : 1;
    const [first, last = first] = range.split(/[-=]/).map((codePoint) => Number.parseInt(codePoint, 16)) as [number, number?];
    for (let capital = first; capital <= last; capital += step) {
      const small = String.fromCodePoint(capital + Number(way));
      letters.set(String.fromCodePoint(capital), plain.get(small) ?? small);
    }
  }
  return new Map([...letters, ...plain]);
}

/** Where letters stand that texts in one language have together: translate() looks through all that it is given, for each character of a text. */
const BLOCKS = [0x180, 0x370, 0x400, 0x530, 0x600, 0x700, 0x110000];

/** Statements that fold letters one by one, those of a block only in a text that has one of them. */
function translations(): string[] {
  const blocks = Map.groupBy(singleLetters(), ([letter]) => BLOCKS.findIndex((end) => letter.codePointAt(0)! < end));
  return [...blocks.values()].map((letters) => {
    const from = letters.map(([letter]) => letter).join('');
    const to = letters.map(([, folded]) => folded).join('');
    return `IF folded ~ '[${from}]' THEN folded := translate(folded, '${from}', '${to}'); END IF;`;
  });
}

function ligatures(): string {
  return listed(LIGATURES).reduce(
    (text, [ligature, ...letters]) => `replace(${text}, '${ligature}', '${letters.join('')}')`,
    'folded',
  );
}

const unspaced = charactersOf(UNSPACED);

/** The words of a text as they stand in a search vector. */
const vectorOf = (text: string, weight: string) => `photoorg_vector(photoorg_words(photoorg_fold(${text})), '${weight}')`;
const oneText = (columns: readonly string[]) => columns.map((column) => `coalesce(${column}, '')`).join(` || ' ' || `);
const nameOf = (columns: readonly string[], weight: string) => vectorOf(`left(${oneText(columns)}, ${LONGEST_NAME})`, weight);

/** Parts of the search vector of a photo. What narrow filters ask for comes first: places in a vector end at 16,383. */
export const weighted = {
  camera: nameOf(['camera_make', 'camera_model'], 'A'),
  lens: nameOf(['lens'], 'B'),
  place: nameOf(['place_city', 'place_region', 'place_country'], 'C'),
  /** @param keywords an expression that makes one text of them */
  words: (keywords: string) => vectorOf(`${oneText(['path', 'title', 'caption'])} || ' ' || ${keywords}`, 'D'),
};

/**
 * Text is compared folded: one rule for what is stored and what is looked for, in functions of our own that call nothing that depends on the
 * database's locale, so that every database gives the same answer. None calls another, for a restored dump runs them without a search path.
 */
export const foldedText: readonly string[] = [
  `CREATE FUNCTION photoorg_fold(given text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $fold$
  DECLARE
    folded text COLLATE "C" := lower(given COLLATE "C");
  BEGIN
    IF octet_length(folded) = length(folded) THEN RETURN folded; END IF;
    folded := regexp_replace(normalize(folded, NFKD) COLLATE "C", '[${charactersOf(DROPPED)}]+', '', 'g');
    folded := lower(folded);
    IF octet_length(folded) = length(folded) THEN RETURN folded; END IF;
    ${translations().join('\n    ')}
    IF folded ~ '[${listed(LIGATURES)
      .map(([ligature]) => ligature)
      .join('')}]' THEN folded := ${ligatures()}; END IF;
    RETURN normalize(folded, NFC);
  END $fold$`,
  `COMMENT ON FUNCTION photoorg_fold IS
    'How a text is compared: NFKC, small letters, without accents, letters with a stroke as those without, ligatures as several letters.'`,

  `CREATE FUNCTION photoorg_words(folded text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $words$
  DECLARE
    spaced text COLLATE "C" := left(folded, ${LONGEST_TEXT});
  BEGIN
    IF octet_length(spaced) = length(spaced) THEN
      RETURN string_to_array(btrim(regexp_replace(spaced, '[^a-z0-9]+', ' ', 'g')), ' ');
    END IF;
    spaced := btrim(regexp_replace(spaced, '[${charactersOf(SEPARATORS)}]+', ' ', 'g'));
    IF spaced !~ '[${unspaced}]' THEN RETURN string_to_array(spaced, ' '); END IF;
    spaced := btrim(regexp_replace(regexp_replace(spaced, '([${unspaced}]+)', ' \\1 ', 'g'), ' +', ' ', 'g'));
    RETURN ARRAY(
      SELECT letter || coalesce(lead(letter) OVER (PARTITION BY place ORDER BY nth), '')
      FROM string_to_table(spaced, ' ') WITH ORDINALITY AS pieces (piece, place),
        LATERAL string_to_table(piece, CASE WHEN piece ~ '^[${unspaced}]' THEN NULL ELSE ' ' END) WITH ORDINALITY AS letters (letter, nth)
      ORDER BY place, nth);
  END $words$`,
  `COMMENT ON FUNCTION photoorg_words IS
    'The words of a folded text in their order. Where words have no space between them, each letter with the next one, and the last alone.'`,

  `CREATE FUNCTION photoorg_vector(words text[], weight text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $vector$
  BEGIN
    IF cardinality(words) = 0 THEN RETURN ''; END IF;
    RETURN (
      SELECT string_agg('''' || left(word, ${LONGEST_WORD}) || ''':' || place || weight, ' ')
      FROM unnest(words) WITH ORDINALITY AS listed (word, place))::tsvector;
  END $vector$`,
  `COMMENT ON FUNCTION photoorg_vector IS 'Words as an index has them, each with its place.'`,

  // A pair of letters holds its second one too, so the last one of such a run, which stands alone, need not be looked for.
  `CREATE FUNCTION photoorg_query(words text[], is_phrase boolean, is_unfinished boolean, weights text) RETURNS tsquery
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $query$
  BEGIN
    RETURN (
      SELECT coalesce(string_agg(
        CASE WHEN former IS NULL THEN '' WHEN in_run THEN ' <-> ' WHEN is_phrase THEN ' <' || place - former || '> ' ELSE ' & ' END
          || '''' || left(word, ${LONGEST_WORD}) || ''''
          || coalesce(':' || nullif(weights || CASE WHEN is_begun THEN '*' ELSE '' END, ''), ''),
        '' ORDER BY place), '')
      FROM (
        SELECT word, place, in_run, lag(place) OVER (ORDER BY place) AS former,
          word ~ '^[${unspaced}]$' OR (is_unfinished AND place = cardinality(words) AND word !~ '^[${unspaced}]') AS is_begun
        FROM (
          SELECT word COLLATE "C" AS word, place, coalesce(lag(word COLLATE "C") OVER (ORDER BY place) ~ '^[${unspaced}].$', false) AS in_run
          FROM unnest(words) WITH ORDINALITY AS listed (word, place)
        ) AS placed
        WHERE NOT (in_run AND word ~ '^[${unspaced}]$')
      ) AS sought)::tsquery;
  END $query$`,
  `COMMENT ON FUNCTION photoorg_query IS
    'Looks for all of these words, as a phrase for them side by side; the last one may be the beginning of a word. Weights: A camera, B lens, C place.'`,

  `ALTER TABLE photos DROP COLUMN search`,
  `ALTER TABLE photos ADD COLUMN search tsvector GENERATED ALWAYS AS (
    ${weighted.camera} ||
    ${weighted.lens} ||
    ${weighted.place} ||
    ${weighted.words('photoorg_join(keywords)')}
  ) STORED`,
  `CREATE INDEX photos_search ON photos USING gin (search)`,
  `COMMENT ON COLUMN photos.search IS
    'Folded words of camera (weight A), lens (B), place (C), path, title, caption and keywords (D).'`,

  // array_to_string is only STABLE because element output functions may be; for text it never changes.
  `CREATE FUNCTION photoorg_lines(text[]) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT array_to_string($1, E'\\n') $$`,
  `ALTER TABLE people
    ADD COLUMN folded_names text[] COLLATE "C" NOT NULL
      GENERATED ALWAYS AS (string_to_array(photoorg_fold(photoorg_lines(display_name || aliases)), E'\\n')) STORED,
    ADD COLUMN search tsvector NOT NULL
      GENERATED ALWAYS AS (${vectorOf('photoorg_lines(display_name || aliases)', 'D')}) STORED`,
  `COMMENT ON COLUMN people.folded_names IS 'The display name and the aliases as they are compared.'`,
  `COMMENT ON COLUMN people.search IS 'Folded words of the display name and the aliases.'`,
  // Names are compared folded now, and a library has few people beside its photos.
  `DROP INDEX people_by_name`,
];
