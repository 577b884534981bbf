import { basename } from 'node:path';
import { type ByteSource, bufferSource, openByteSource } from '../files/byte-source.ts';
import { displayPath, type PhotoPath } from '../files/photo-path.ts';
import { unreadable } from '../files/unreadable.ts';
import { readMakerLens } from '../formats/maker-lens.ts';
import type { PhotoBlocks } from '../formats/photo-blocks.ts';
import { isTiffRaw, mimeOf } from '../formats/photo-formats.ts';
import { readBlocks } from '../formats/read-blocks.ts';
import { recognizeFormat } from '../formats/recognize-format.ts';
import { IngestError } from '../ingest-error.ts';
import { MAX_FILE_BYTES } from '../limits.ts';
import type { PhotoMetadata } from '../scanned-photo.ts';
import { chooseShotTime } from '../shot-time/choose-shot-time.ts';
import type { DateRules } from '../shot-time/rules/date-rules.ts';
import type { Sidecars } from '../sidecars/find-sidecars.ts';
import { loadSidecars, NO_SIDECAR_TAGS, type SidecarTags } from '../sidecars/load-sidecars.ts';
import { chooseFaceRegions } from './choose-face-regions.ts';
import { readDescription } from './description.ts';
import { readExposure } from './exposure.ts';
import { readGpsDetails } from './gps-details.ts';
import { readOrientation, regionFrame, uprightSize } from './orientation.ts';
import { readPosition } from './position.ts';
import { readExif } from './read-exif.ts';
import { readIptc } from './read-iptc.ts';
import { readXmp, type XmpTags } from './read-xmp.ts';
import { summarizeTags } from './summarize-tags.ts';

/** What a file says by itself; the place of its position in words is looked up outside of the worker. */
export type ExtractedMetadata = Omit<PhotoMetadata, 'place'>;

export interface ExtractOptions {
  exif: boolean;
  /** Looked for in the photo's folder unless given. */
  sidecars?: Sidecars;
  /** A person's own rules for the shot time. */
  dateRules?: DateRules;
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
  sidecar: SidecarTags,
  options: ExtractOptions,
): Promise<ExtractedMetadata> {
  // 1. What is it?
  checkSize(source, name);
  const format = await recognizeFormat(source, name);
  if (format === null) {
    throw new IngestError(
      'UNSUPPORTED_FORMAT',
      `${name} holds no photo, whatever it is called: its first bytes are of no image format that photoorg reads.`,
    );
  }
  // 2. Cut the metadata out of the container.
  const blocks = await readBlocks(source, format);
  // 3. Decode each kind.
  const exif = blocks.exif === null ? {} : await readExif(blocks.exif);
  const xmp: XmpTags = Object.assign({}, ...blocks.xmp.map(readXmp).reverse());
  const iptc = blocks.iptc === null ? null : readIptc(blocks.iptc);
  const makerLens = options.exif && exif.LensModel === undefined ? await lensOfNote(source, blocks) : null;
  const frame = regionFrame(blocks, exif);
  const orientation = { orientation: readOrientation(exif, xmp), ...uprightSize(blocks, exif) };
  const tags = options.exif
    ? { exif, xmp, iptc, text: blocks.text, sidecar }
    : { exif: {}, xmp: {}, iptc: null, text: {}, sidecar };
  // 4. Make sense of them together.
  const position = readPosition(tags.exif, tags.xmp) ?? readPosition({}, sidecar.xmp) ?? sidecar.takeout?.position ?? null;
  return {
    mime: mimeOf(format),
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
    ...readExposure(tags.exif, tags.xmp),
    ...readDescription({ ...tags, makerLens }),
    faceRegions: chooseFaceRegions([...sidecar.xmpFiles, { file: basename(name), xmp: tags.xmp }], frame),
    exif: summarizeTags(tags),
  };
}

/** The note's offsets count in the structure that the camera wrote: that of the file, or the block inside it. */
async function lensOfNote(source: ByteSource, { format, exif }: PhotoBlocks): Promise<string | null> {
  if (format === 'tiff' || isTiffRaw(format)) return await readMakerLens(source);
  return exif === null ? null : await readMakerLens(bufferSource(exif));
}

function checkSize(source: ByteSource, name: string): void {
  if (source.size === 0) throw new IngestError('FILE_EMPTY', `${name} is empty; restore it from a backup or delete it.`);
  if (source.size > MAX_FILE_BYTES) {
    throw new IngestError('FILE_TOO_LARGE', `${name} has ${source.size} bytes; photoorg reads photos up to ${MAX_FILE_BYTES}.`);
  }
}
