import { readFile } from 'node:fs/promises';
import ExifReader from 'exifreader';
import sharp from 'sharp';
import { displayPath, type PhotoPath } from '../files/photo-path.ts';
import { unreadable } from '../files/unreadable.ts';
import { mimeOf, SNIFF_BYTES, sniffFormat } from '../formats/sniff-format.ts';
import { IngestError } from '../ingest-error.ts';
import type { PhotoMetadata } from '../scanned-photo.ts';

export async function readPhotoMetadata(file: PhotoPath, options: { signal?: AbortSignal } = {}): Promise<PhotoMetadata> {
  options.signal?.throwIfAborted();
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw unreadable(file, error);
  }
  if (bytes.length === 0) throw new IngestError('FILE_EMPTY', `${displayPath(file)} is empty; restore it from a backup.`);
  const format = sniffFormat(bytes.subarray(0, SNIFF_BYTES));
  if (format === null) throw new IngestError('UNSUPPORTED_FORMAT', `${displayPath(file)} is not a photo that ingest knows.`);
  const header = await sharp(bytes).metadata();
  let tags: ExifReader.ExpandedTags = {};
  try {
    tags = ExifReader.load(bytes, { expanded: true });
  } catch {
    tags = {};
  }
  const original = tags.exif?.DateTimeOriginal?.description ?? null;
  const local = original?.replace(/^(\d+):(\d+):(\d+) /, '$1-$2-$3T') ?? null;
  return {
    mime: mimeOf(format),
    orientation: header.orientation ?? 1,
    width: header.autoOrient.width,
    height: header.autoOrient.height,
    shot: {
      at: null,
      local,
      offsetMinutes: null,
      zone: null,
      source: local === null ? null : 'exif:DateTimeOriginal',
      precision: local === null ? null : 'second',
      candidates: [],
    },
    latitude: tags.gps?.Latitude ?? null,
    longitude: tags.gps?.Longitude ?? null,
    altitude: tags.gps?.Altitude ?? null,
    cameraMake: tags.exif?.Make?.description ?? null,
    cameraModel: tags.exif?.Model?.description ?? null,
    lens: tags.exif?.LensModel?.description ?? null,
    title: null,
    caption: null,
    keywords: [],
    rating: null,
    exif: null,
  };
}
