import { Buffer } from 'node:buffer';

/** Google cuts the name of a JSON file, without `.json`, to this length. */
const MAX_STEM_LENGTH = 46;

const SUPPLEMENT = '.supplemental-metadata';

/** How Google Photos marks a copy that was edited, in the languages of its users; the JSON stays with the original. */
const EDITED_SUFFIXES = [
  '-edited',
  '-bearbeitet',
  '-modifié',
  '-editado',
  '-editada',
  '-modificato',
  '-bewerkt',
  '-edytowane',
  '-編集済み',
  '-已修改',
].map((suffix) => Buffer.from(suffix).toString('latin1'));

/**
 * The names under which a Google Takeout may keep the JSON of a photo, likeliest first.
 *
 * `IMG_1.jpg` has `IMG_1.jpg.json` or `IMG_1.jpg.supplemental-metadata.json`, the latter cut anywhere (`IMG_1.jpg.suppl.json`); a long name is cut
 * itself. The number of a duplicate moves: `IMG_1(2).jpg` has `IMG_1.jpg(2).json`. An edited copy has the JSON of its original.
 *
 * @param name file name, byte for byte in Latin-1
 */
export function takeoutNames(name: string): string[] {
  const dot = name.lastIndexOf('.');
  const stem = dot < 0 ? name : name.slice(0, dot);
  const extension = dot < 0 ? '' : name.slice(dot);
  const suffix = EDITED_SUFFIXES.find((candidate) => stem.endsWith(candidate));
  const original = suffix === undefined ? [] : namesFor(stem.slice(0, -suffix.length), extension);
  return [...namesFor(stem, extension), ...original];
}

function namesFor(stem: string, extension: string): string[] {
  const numbered = /^(.*)\((\d+)\)$/s.exec(stem);
  const plain = stemsOf(stem + extension).map((candidate) => `${candidate}.json`);
  if (numbered === null) return plain;
  const [, bare = '', number = ''] = numbered;
  return [...stemsOf(bare + extension).map((candidate) => `${candidate}(${number}).json`), ...plain];
}

function stemsOf(name: string): string[] {
  if (name.length > MAX_STEM_LENGTH) return [name, name.slice(0, MAX_STEM_LENGTH)];
  const full = name + SUPPLEMENT;
  return [name, ...Array.from({ length: SUPPLEMENT.length }, (_, cut) => full.slice(0, full.length - cut))];
}
