/**
 * How Google Photos marks a copy that was edited, or that it made itself, in the languages of its users; the JSON stays with the original.
 * Collected by https://github.com/TheLastGimbus/GooglePhotosTakeoutHelper, for the most part.
 */
const SUFFIXES = [
  '-edited',
  '-effects',
  '-smile',
  '-mix',
  '-bearbeitet',
  '-modifié',
  '-editado',
  '-editada',
  '-ha editado',
  '-editat',
  '-modificato',
  '-bewerkt',
  '-edytowane',
  '-redigerad',
  '-отредактировано',
  '-düzenlendi',
  '-diedit',
  '-đã chỉnh sửa',
  '-تم التعديل',
  '-संपादित',
  '-แก้ไขแล้ว',
  '-編集済み',
  '-已编辑',
  '-已修改',
  '-편집됨',
].map((suffix) => suffix.normalize('NFC'));

/** Google cuts the name of a photo, with its extension, to this many characters, and the suffix with it. */
const MAX_NAME_LENGTH = 51;

/** Shortest piece of a cut suffix that is taken for one. */
const MIN_CUT_SUFFIX = 2;

/**
 * The stems of the photos that a copy may have been made from: `IMG_1` for `IMG_1-edited`, `IMG_1(2)` for `IMG_1-edited(2)`. Empty when the name is
 * not that of an edited copy.
 */
export function editedOriginals(stem: string, extension: string): string[] {
  const [, name = stem, number = ''] = /^(.*?)(\(\d+\))?$/s.exec(stem.normalize('NFC')) ?? [];
  const lowerCase = name.toLowerCase();
  const suffix = SUFFIXES.find((candidate) => lowerCase.endsWith(candidate));
  if (suffix !== undefined) return [inFormOf(stem, name.slice(0, -suffix.length) + number)];
  const isCut = name.length + extension.length >= MAX_NAME_LENGTH;
  const dash = name.lastIndexOf('-');
  const piece = name.slice(dash);
  if (!isCut || dash < 1 || piece.length < MIN_CUT_SUFFIX || !SUFFIXES.some((candidate) => candidate.startsWith(piece)))
    return [];
  return [inFormOf(stem, name.slice(0, dash) + number)];
}

/** macOS unpacks names in decomposed form, and those of the JSON with them. */
function inFormOf(stem: string, original: string): string {
  return stem === stem.normalize('NFC') ? original : original.normalize('NFD');
}
