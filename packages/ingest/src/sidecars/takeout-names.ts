import { companionRole } from './companion-names.ts';
import { editedOriginals } from './edited-copies.ts';
import { type NameText, textOfName } from './latin1-names.ts';

/** Google cuts the name of a JSON file, without `.json`, to this many characters. */
const MAX_STEM_LENGTH = 46;

/** What stands behind the photo's name since 2024, whole and cut anywhere. */
const SUPPLEMENTS = Array.from('.supplemental-metadata', (_, cut) => '.supplemental-metadata'.slice(0, -cut || undefined));

/** A live photo has one JSON, in the name of its picture, and its film none. */
const PICTURE_EXTENSIONS = ['.HEIC', '.heic', '.JPG', '.jpg', '.JPEG', '.jpeg'];

/**
 * The names under which a Google Takeout may keep the JSON of a photo, likeliest first.
 *
 * `IMG_1.jpg` has `IMG_1.jpg.json` or `IMG_1.jpg.supplemental-metadata.json`, the latter cut anywhere (`IMG_1.jpg.suppl.json`); a long name is cut
 * itself. The number of a duplicate moves: `IMG_1(2).jpg` has `IMG_1.jpg(2).json`. An edited copy has the JSON of its original. A photo whose title
 * had no extension was given one, but not its JSON.
 *
 * @param name file name, byte for byte in Latin-1
 */
export function takeoutNames(name: string): string[] {
  const text = textOfName(name);
  const { stem, extension } = text;
  const originals = [stem, ...editedOriginals(stem, extension)];
  const ofPicture = extensionsOf(name, extension).flatMap((candidate) =>
    originals.flatMap((original) => namesFor(original, candidate, text)),
  );
  return [...ofPicture, ...namesFor(stem, '', text)];
}

function extensionsOf(name: string, extension: string): string[] {
  return companionRole(name) === 'live' ? [extension, ...PICTURE_EXTENSIONS] : [extension];
}

function namesFor(stem: string, extension: string, text: NameText): string[] {
  const numbered = /^(.*)\((\d+)\)$/s.exec(stem);
  const plain = stemsOf(stem + extension, text).map((candidate) => `${candidate}.json`);
  if (numbered === null) return plain;
  const [, bare = '', number = ''] = numbered;
  return [...stemsOf(bare + extension, text).map((candidate) => `${candidate}(${number}).json`), ...plain];
}

function stemsOf(name: string, { toLatin1 }: NameText): string[] {
  const whole = toLatin1(name);
  if (name.length > MAX_STEM_LENGTH) return [whole, toLatin1(name.slice(0, MAX_STEM_LENGTH))];
  return [whole, ...SUPPLEMENTS.map((supplement) => whole + supplement)];
}

/**
 * Whether the JSON of a name is that of a photo. Where its name holds all of the photo's, that is enough. Where it was cut, or lacks the extension,
 * others may have come to the same name, and the title that the JSON states must fit.
 *
 * @param name file name of the photo, byte for byte in Latin-1, as is `json`
 */
export function isTakeoutOf(name: string, json: string, title: string | null): boolean {
  const photo = textOfName(name);
  const { all } = textOfName(json);
  const extensions = extensionsOf(name, photo.extension).filter((extension) => extension !== '');
  if (extensions.some((extension) => all.includes(`${extension}.`) || all.includes(`${extension}(`))) return true;
  if (title === null) return false;
  const stems = [photo.stem, ...editedOriginals(photo.stem, photo.extension)].map((stem) => stem.replace(/\(\d+\)$/, ''));
  return stems.some((stem) => isWrittenAs(title, stem) || isWrittenAs(title, stem + photo.extension));
}

/** Characters that files may not have became `_`, and long titles were cut. */
function isWrittenAs(title: string, stem: string): boolean {
  const isCut = stem.length >= MAX_STEM_LENGTH;
  const wanted = Array.from(isCut ? title.slice(0, stem.length) : title);
  const written = Array.from(stem);
  return (
    wanted.length === written.length && written.every((character, index) => character === '_' || character === wanted[index])
  );
}
