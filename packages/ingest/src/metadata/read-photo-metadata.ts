import type { Exiftool } from '../exiftool/exiftool.ts';
import type { PhotoPath } from '../files/photo-path.ts';
import { refuseUnknown } from '../model/refuse-unknown.ts';
import type { PhotoMetadata } from '../model/scanned-photo.ts';
import type { DateRules } from '../shot-time/rules/date-rules.ts';
import { requireDateRules } from '../shot-time/rules/parse-date-rules.ts';
import { readMetadata } from './read-metadata.ts';

export interface ReadPhotoMetadataOptions {
  /** Read EXIF, XMP and IPTC; default true. Without, only type, size, orientation and the time that the file's name or the file tells. */
  exif?: boolean;
  /** Name the place of the position; default true. The first such photo takes 0.2 s and 20 MB more. */
  places?: boolean;
  /** A person's own rules for the shot time, of `readDateRules`. */
  dateRules?: DateRules;
  /** exiftool, of `openExiftool`, for films and the RAW formats that only it reads. Default: those are refused. */
  exiftool?: Exiftool;
  signal?: AbortSignal;
}

/**
 * Reads what a photo file, and the sidecars beside it, say about it: when and where it was taken, with what, which way is up, and what people wrote.
 *
 * Works for JPEG, PNG, WebP, HEIC/HEIF, AVIF, TIFF, GIF, BMP, JPEG XL and RAW (DNG, CRW, CR2, CR3, NEF, ARW, RAF, RW2, ORF, PEF, MRW, SRW, 3FR, IIQ);
 * only the parts of the file that hold metadata are read, and of makers' own notes only the lens. Parsing runs in a worker thread
 * with a deadline. Sidecars are `x.jpg.xmp`, `x.xmp` and the JSON of a Google Takeout. Times keep the wall clock that was written; an instant is given only when its offset from UTC is known.
 *
 * @param file path as text, or as bytes where the name is not UTF-8
 * @throws {IngestError} `FILE_UNREADABLE`, `FILE_EMPTY`, `FILE_TOO_LARGE`, `UNSUPPORTED_FORMAT`, `METADATA_TIMEOUT`, `METADATA_CRASH`,
 *   `DATE_RULES_INVALID`
 * @example
 * ```ts
 * const { shot, place } = await readPhotoMetadata('holiday.jpg');
 * console.log(shot.local, shot.zone, place?.city); // 2019-07-13T14:25:30 Europe/Paris Paris
 * ```
 */
export async function readPhotoMetadata(file: PhotoPath, options: ReadPhotoMetadataOptions = {}): Promise<PhotoMetadata> {
  refuseUnknown('readPhotoMetadata', options, { exif: true, places: true, dateRules: true, exiftool: true, signal: true });
  options.signal?.throwIfAborted();
  const { exif = true, places = true, dateRules, exiftool, signal } = options;
  requireDateRules(dateRules);
  const { metadata } = await readMetadata({ file, exif, dateRules }, { exiftool, places, signal });
  return metadata;
}
