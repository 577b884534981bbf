import { displayPath, type PhotoPath } from '../files/photo-path.ts';
import { IngestError } from '../model/ingest-error.ts';
import { MAX_XMP_BYTES } from '../model/limits.ts';
import type { Exiftool, ExiftoolTags } from './exiftool.ts';

/** All that exiftool says of a photo or film, as it goes to the worker that makes sense of it. */
export interface ExiftoolReading {
  tags: ExiftoolTags;
  /** The XMP packet inside, if there is one. */
  xmp: string | null;
}

/**
 * Has exiftool read a photo or a film.
 *
 * @throws {IngestError} `UNSUPPORTED_FORMAT`, `FILE_UNREADABLE`, `METADATA_TIMEOUT`, `METADATA_CRASH`
 */
export async function readWithExiftool(exiftool: Exiftool, file: PhotoPath, signal?: AbortSignal): Promise<ExiftoolReading> {
  const tags = await exiftool.read(file, [], signal);
  if (mimeOfTags(tags) === null) {
    throw new IngestError(
      'UNSUPPORTED_FORMAT',
      `${displayPath(file)} holds neither photo nor film that exiftool knows, whatever it is called.`,
    );
  }
  if (!Object.keys(tags).some((key) => key.startsWith('XMP-'))) return { tags, xmp: null };
  const { 'XMP:XMP': xmp } = await exiftool.read(file, ['-b', '-XMP'], signal);
  return { tags, xmp: typeof xmp === 'string' && xmp.length <= MAX_XMP_BYTES ? xmp : null };
}

/** Pictures and films that bear the types of programs. */
const APPLICATION_TYPES = new Set(['application/vnd.adobe.photoshop', 'application/mxf', 'application/x-captureone']);

/** The MIME type of a picture or film; null for anything else. */
export function mimeOfTags(tags: ExiftoolTags): string | null {
  const mime = tags['File:MIMEType'];
  if (typeof mime !== 'string') return null;
  return APPLICATION_TYPES.has(mime) || /^(image|video)\/[\w.+-]{1,100}$/.test(mime) ? mime : null;
}
