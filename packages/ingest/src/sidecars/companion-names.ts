import { EXIFTOOL_RAW_EXTENSIONS, formatOfExtension, isRaw, RAW_EXTENSIONS } from '../formats/photo-formats.ts';
import { extensionOf } from '../formats/sniff-format.ts';

/** What a file is to the picture of the same name beside it: what the camera's sensor saw, or the film of a live photo. */
export type CompanionRole = 'raw' | 'live';

/** What cameras and phones write as the picture of such a pair, the likelier first. */
const PICTURE_EXTENSIONS = ['jpg', 'jpeg', 'heic', 'heif', 'hif'];
const FILM_EXTENSIONS = ['mov', 'mp4'];
const COMPANION_EXTENSIONS = [...RAW_EXTENSIONS, ...EXIFTOOL_RAW_EXTENSIONS, ...FILM_EXTENSIONS];

/** What a file may be to a picture, by its extension; null for pictures themselves and all else. */
export function companionRole(name: string): CompanionRole | null {
  const extension = extensionOf(name);
  if (FILM_EXTENSIONS.includes(extension)) return 'live';
  if (EXIFTOOL_RAW_EXTENSIONS.includes(extension)) return 'raw';
  const format = formatOfExtension(extension);
  return format !== null && isRaw(format) ? 'raw' : null;
}

/** A photo of a Pixel in RAW, with and without motion: `PXL_1.RAW-01.COVER.jpg` and `PXL_1.RAW-02.ORIGINAL.dng`. */
const PIXEL_RAW = /^(.+)\.RAW-02\.ORIGINAL$/;
const PIXEL_COVER = /^(.+)\.RAW-01(?:\.MP)?\.COVER$/;

/** In a library of Apple Photos, `<UUID>_3.mov` is the film of `<UUID>.heic`, and `<UUID>_4.dng` its RAW file. */
const APPLE_PHOTO = /^[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}$/;
const APPLE_COMPANION = /^([0-9A-F-]{36})_[34]$/;

/**
 * The picture that a file belongs to, by name: `IMG_1.JPG` for `IMG_1.CR2` and for `IMG_1.MOV`. null when there is none beside it.
 *
 * @param name file name, byte for byte in Latin-1, as are `siblings`
 */
export function findPicture(name: string, siblings: ReadonlySet<string>): string | null {
  if (companionRole(name) === null) return null;
  const stem = stemOf(name);
  const [, pixel] = PIXEL_RAW.exec(stem) ?? [];
  const [, apple] = APPLE_COMPANION.exec(stem) ?? [];
  const stems = [stem, ...(pixel ? [`${pixel}.RAW-01.COVER`, `${pixel}.RAW-01.MP.COVER`] : []), ...(apple ? [apple] : [])];
  return withExtensions(stems, PICTURE_EXTENSIONS).find((candidate) => siblings.has(candidate)) ?? null;
}

/** The files that belong to a picture, by name. */
export function findCompanions(name: string, siblings: ReadonlySet<string>): { name: string; role: CompanionRole }[] {
  if (!PICTURE_EXTENSIONS.includes(extensionOf(name))) return [];
  const stem = stemOf(name);
  const [, pixel] = PIXEL_COVER.exec(stem) ?? [];
  const stems = [
    stem,
    ...(pixel ? [`${pixel}.RAW-02.ORIGINAL`] : []),
    ...(APPLE_PHOTO.test(stem) ? [`${stem}_3`, `${stem}_4`] : []),
  ];
  const candidates = withExtensions(stems, COMPANION_EXTENSIONS).filter((candidate) => siblings.has(candidate));
  return candidates.flatMap((candidate) => {
    const role = companionRole(candidate);
    return role !== null && findPicture(candidate, siblings) === name ? [{ name: candidate, role }] : [];
  });
}

function stemOf(name: string): string {
  return name.slice(0, name.lastIndexOf('.'));
}

function withExtensions(stems: readonly string[], extensions: readonly string[]): string[] {
  return stems.flatMap((stem) =>
    extensions.flatMap((extension) => [`${stem}.${extension}`, `${stem}.${extension.toUpperCase()}`]),
  );
}
