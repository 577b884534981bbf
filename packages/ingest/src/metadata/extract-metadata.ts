import { basename } from 'node:path';
import type { ExiftoolReading } from '../exiftool/read-with-exiftool.ts';
import { toContents } from '../exiftool/to-contents.ts';
import { type ByteSource, openByteSource } from '../files/byte-source.ts';
import { displayPath, type PhotoPath } from '../files/photo-path.ts';
import { unreadable } from '../files/unreadable.ts';
import { EXIFTOOL_RAW_EXTENSIONS, RAW_EXTENSIONS } from '../formats/photo-formats.ts';
import { IngestError } from '../model/ingest-error.ts';
import { MAX_FILE_BYTES, MAX_FILM_BYTES } from '../model/limits.ts';
import type { PhotoMetadata } from '../model/scanned-photo.ts';
import { chooseShotTime } from '../shot-time/choose-shot-time.ts';
import type { DateRules } from '../shot-time/rules/date-rules.ts';
import type { Sidecars } from '../sidecars/find-sidecars.ts';
import { loadSidecars, NO_SIDECAR_TAGS, type SidecarTags, withCatalogs } from '../sidecars/load-sidecars.ts';
import { chooseFaceRegions } from '../tags/choose-face-regions.ts';
import { readOrientation, regionFrame, uprightSize } from '../tags/orientation.ts';
import { choosePosition } from './choose-position.ts';
import { readDescription } from './description.ts';
import { readExposure } from './exposure.ts';
import { readGpsDetails } from './gps-details.ts';
import { readPeopleShown } from './people-shown.ts';
import { readContents } from './read-contents.ts';
import { summarizeTags } from './summarize-tags.ts';

/** What a file says by itself; the place of its position in words is looked up outside of the worker. */
export type ExtractedMetadata = Omit<PhotoMetadata, 'place'>;

export interface ExtractOptions {
  exif: boolean;
  /** Looked for in the photo's folder unless given. */
  sidecars?: Sidecars;
  /** A person's own rules for the shot time. */
  dateRules?: DateRules;
  /** What exiftool read in a file for which ingest has no reader of its own. */
  exiftool?: ExiftoolReading;
}

/** Reads the metadata of one file in this thread; `readPhotoMetadata` runs it where it can be stopped. */
export async function extractMetadata(path: PhotoPath, options: ExtractOptions): Promise<ExtractedMetadata> {
  try {
    await using source = await openByteSource(path);
    const sidecar = options.exif ? await loadSidecars(path, options.sidecars) : NO_SIDECAR_TAGS;
    return await extractFromSource(source, displayPath(path), sidecar, options);
  } catch (error) {
    throw error instanceof Error && 'syscall' in error ? unreadable(path, error) : error;
  }
}

type FileSource = ByteSource & { modifiedAt: Date };

async function extractFromSource(
  source: FileSource,
  name: string,
  loaded: SidecarTags,
  options: ExtractOptions,
): Promise<ExtractedMetadata> {
  checkSize(source, name, options);
  // 1. What does it say?
  const { mime, stored, maker, ...contents } = options.exiftool
    ? toContents(options.exiftool, name)
    : await readContents(source, name, { makerNotes: options.exif });
  const { exif, xmp } = contents;
  const frame = regionFrame(stored, exif);
  const sidecar = withCatalogs(loaded, frame, isRawName(name));
  const orientation = { orientation: readOrientation(exif, xmp), ...uprightSize(stored, exif) };
  const tags = options.exif ? { ...contents, sidecar } : { exif: {}, xmp: {}, iptc: null, text: {}, sidecar };
  // 2. Make sense of it together.
  const position = choosePosition({ ...tags, sidecar });
  const xmpFiles = [...sidecar.xmpFiles, { file: basename(name), xmp: tags.xmp }];
  const statedOrientation = orientation.orientation;
  const { regions, unplaced } = chooseFaceRegions(xmpFiles, { ...frame, statedOrientation });
  return {
    mime,
    ...orientation,
    appliedOrientation: frame.orientation,
    shot: chooseShotTime({
      ...tags,
      sidecarXmp: sidecar.xmp,
      takeoutTakenAt: sidecar.takeout?.takenAt ?? null,
      filePath: name,
      fileModifiedAt: source.modifiedAt,
      position,
      rules: options.dateRules,
    }),
    latitude: position?.latitude ?? null,
    longitude: position?.longitude ?? null,
    altitude: position?.altitude ?? null,
    ...readGpsDetails(tags.exif, tags.xmp),
    ...readExposure(tags.exif, tags.xmp, maker.iso),
    ...readDescription({ ...tags, makerLens: maker.lens }),
    faceRegions: sidecar.isComplete ? regions : null,
    peopleShown: readPeopleShown({ xmpFiles, takeout: takeoutOf(sidecar), regions, unplaced }),
    exif: summarizeTags(tags),
  };
}

function isRawName(name: string): boolean {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return RAW_EXTENSIONS.includes(extension) || EXIFTOOL_RAW_EXTENSIONS.includes(extension);
}

function takeoutOf({ takeout, takeoutFile }: SidecarTags): { people: string[]; file: string } | null {
  return takeout && takeoutFile !== null ? { people: takeout.people, file: takeoutFile } : null;
}

function checkSize(source: ByteSource, name: string, { exiftool }: ExtractOptions): void {
  if (source.size === 0) throw new IngestError('FILE_EMPTY', `${name} is empty; restore it from a backup or delete it.`);
  const limit = exiftool === undefined ? MAX_FILE_BYTES : MAX_FILM_BYTES;
  if (source.size > limit) {
    throw new IngestError('FILE_TOO_LARGE', `${name} has ${source.size} bytes; photoorg reads files of its kind up to ${limit}.`);
  }
}
