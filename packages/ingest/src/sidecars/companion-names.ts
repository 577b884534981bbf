import { EXIFTOOL_RAW_EXTENSIONS, formatOfExtension, isRaw, RAW_EXTENSIONS } from '../formats/photo-formats.ts';
import { extensionOf } from '../formats/sniff-format.ts';

/** What a file is to the picture of the same name beside it: what the camera's sensor saw, or the film of a live photo. */
export type CompanionRole = 'raw' | 'live';

/** What cameras and phones write as the picture of such a pair, the likelier first. */
const PICTURE_EXTENSIONS = ['jpg', 'jpeg', 'heic', 'heif', 'hif'];
const FILM_EXTENSIONS = ['mov', 'mp4'];

/** What a file may be to a picture, by its extension; null for pictures themselves and all else. */
export function companionRole(name: string): CompanionRole | null {
  const extension = extensionOf(name);
  if (FILM_EXTENSIONS.includes(extension)) return 'live';
  if (EXIFTOOL_RAW_EXTENSIONS.includes(extension)) return 'raw';
  const format = formatOfExtension(extension);
  return format !== null && isRaw(format) ? 'raw' : null;
}

/**
 * The picture that a file belongs to, by name: `IMG_1.JPG` for `IMG_1.CR2` and for `IMG_1.MOV`. null when there is none beside it.
 *
 * @param name file name, byte for byte in Latin-1, as are `siblings`
 */
export function findPicture(name: string, siblings: ReadonlySet<string>): string | null {
  if (companionRole(name) === null) return null;
  return withExtensions(name, PICTURE_EXTENSIONS).find((candidate) => siblings.has(candidate)) ?? null;
}

/** The files that belong to a picture, by name. */
export function findCompanions(name: string, siblings: ReadonlySet<string>): { name: string; role: CompanionRole }[] {
  if (!PICTURE_EXTENSIONS.includes(extensionOf(name))) return [];
  const candidates = withExtensions(name, [...RAW_EXTENSIONS, ...EXIFTOOL_RAW_EXTENSIONS, ...FILM_EXTENSIONS]).filter(
    (candidate) => siblings.has(candidate),
  );
  return candidates.flatMap((candidate) => {
    const role = companionRole(candidate);
    return role !== null && findPicture(candidate, siblings) === name ? [{ name: candidate, role }] : [];
  });
}

function withExtensions(name: string, extensions: readonly string[]): string[] {
  const stem = name.slice(0, name.lastIndexOf('.') + 1);
  return extensions.flatMap((extension) => [stem + extension, stem + extension.toUpperCase()]);
}
