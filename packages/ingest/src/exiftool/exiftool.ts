import type { PhotoPath } from '../files/photo-path.ts';

/** What exiftool says of a file, by group and tag: `QuickTime:CreateDate`. Numbers as they are, pictures as their lengths. */
export type ExiftoolTags = Readonly<Record<string, unknown>>;

/** exiftool, running and waiting for files; {@link openExiftool} starts it. Closed with `await using`. */
export interface Exiftool extends AsyncDisposable {
  /** exiftool's own version, e.g. `13.59`. */
  readonly version: string;
  /**
   * Has exiftool read a file.
   *
   * @param args tags such as `-XMP:all`, `-b` for the bytes of a value, `-G1:4` for other groups; none for all tags
   * @throws {IngestError} `FILE_UNREADABLE`, `METADATA_TIMEOUT`, `METADATA_CRASH`
   * @throws {TypeError} for an argument by which exiftool could do anything but read
   * @example
   * ```ts
   * const { 'QuickTime:Duration': seconds } = await exiftool.read('film.mp4', ['-QuickTime:Duration']);
   * ```
   */
  read(file: PhotoPath, args?: readonly string[], signal?: AbortSignal): Promise<ExiftoolTags>;
  /**
   * Has exiftool give an XMP packet the tags of another one, and only those, where it had some of its own. It works on copies; no file of a user's is
   * ever written by it.
   *
   * @throws {Error} in exiftool's words, for a packet that it will not write
   * @example
   * ```ts
   * import { readFile } from 'node:fs/promises';
   *
   * const [old, edited] = await Promise.all([readFile('holiday.xmp'), readFile('edited.xmp')]);
   * const packet = await exiftool.replaceTags(edited, old, ['XMP-dc:Title']); // the old packet with the new title
   * ```
   */
  replaceTags(from: Uint8Array, into: Uint8Array, tags: readonly string[], signal?: AbortSignal): Promise<Buffer>;
}
