import { extname } from 'node:path';
import type { FaceBox, PhotoFileToSave, PhotoToSave } from '@photoorg/sdk';
import type { TableTally } from '../copy-report.ts';
import type { FieldOf } from '../source/column-names.ts';
import type { ReadRow, SourceReader } from '../source/source-reader.ts';
import { plainValues, type SourceValue, showValue } from '../source/source-row.ts';
import { parseInstant, parseShotTime } from './parse-time.ts';
import { readNumber, readNumberIn, readOptional, readText } from './read-value.ts';
import { UnreadableValueError } from './unreadable-value-error.ts';

/** What the photo's file itself says, when it is there to be read. `readPhotoMetadata` of @photoorg/ingest fits. */
export interface PhotoFacts {
  mime: string;
  /** Pixels of the upright image. */
  width: number;
  height: number;
  /** EXIF orientation, 1 to 8. */
  orientation: number;
}

/** What is known of a photo besides its row. */
export interface FoundPhoto {
  sha256: Uint8Array;
  /** Null for a row without a path. */
  file: PhotoFileToSave | null;
  facts: PhotoFacts | null;
  modifiedAt: Date | null;
  /** Boxes of its faces. */
  boxes: readonly FaceBox[];
}

const mimeByExtension: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  avif: 'image/avif',
  heic: 'image/heic',
  heif: 'image/heif',
};

const unknownMime = 'application/octet-stream';
/** Names where an old library's shot time came from, when it does not say. */
const unknownShotSource = 'imported';

/** The new photo of an old row; what was found besides fills in what the row does not say. */
export function toPhoto(
  reader: SourceReader<'photos'>,
  { key, row }: ReadRow,
  found: FoundPhoto,
  tally: TableTally,
): PhotoToSave {
  const optional = <Value>(field: FieldOf<'photos'>, read: (value: SourceValue) => Value) =>
    readOptional(tally, key, reader.layout.columns[field] ?? field, () => read(reader.value(row, field)));

  const ext = (readText(reader.value(row, 'ext')) ?? extname(found.file?.path ?? '')).replace(/^\./, '').toLowerCase();
  const shotSource = readText(reader.value(row, 'shotSource')) ?? unknownShotSource;
  const latitude = optional('latitude', (value) => readNumberIn(value, -90, 90));
  const longitude = optional('longitude', (value) => readNumberIn(value, -180, 180));
  const isPlaced = latitude !== null && longitude !== null;
  return {
    sha256: found.sha256,
    phash: optional('phash', readPerceptualHash),
    mime: found.facts?.mime ?? readText(reader.value(row, 'mime')) ?? mimeByExtension[ext] ?? unknownMime,
    ext,
    filesize: found.file?.size ?? optional('filesize', readNumber) ?? 0,
    ...sizeOf(found, optional('width', readNumber), optional('height', readNumber)),
    orientation: found.facts?.orientation ?? 1,
    createdAt: optional('createdAt', parseInstant),
    modifiedAt: optional('modifiedAt', parseInstant) ?? found.modifiedAt,
    shot: optional('shotAt', (value) => parseShotTime(value, shotSource)) ?? parseShotTime(null, shotSource),
    latitude: isPlaced ? latitude : null,
    longitude: isPlaced ? longitude : null,
    altitude: null,
    cameraMake: null,
    cameraModel: null,
    lens: null,
    title: null,
    caption: null,
    keywords: [],
    rating: null,
    exif: { imported: { table: 'photos', key, row: plainValues(row) } },
    thumbhash: null,
    file: found.file,
  };
}

/** The upright size: of the file, else of the row, else the smallest that holds every face. */
function sizeOf({ facts, boxes }: FoundPhoto, width: number | null, height: number | null): { width: number; height: number } {
  if (facts) return { width: facts.width, height: facts.height };
  if (width !== null && height !== null && width >= 1 && height >= 1) return { width, height };
  return {
    width: Math.max(1, ...boxes.map((box) => box.x + box.width)),
    height: Math.max(1, ...boxes.map((box) => box.y + box.height)),
  };
}

/** 16 hex digits, or a 64-bit integer of either sign. */
function readPerceptualHash(value: SourceValue): bigint | null {
  if (value === null || value === '') return null;
  if (typeof value === 'bigint') return BigInt.asUintN(64, value);
  if (typeof value === 'string' && /^[0-9a-f]{16}$/i.test(value.trim())) return BigInt(`0x${value.trim()}`);
  throw new UnreadableValueError(`Expected 16 hex digits or a 64-bit integer but received ${showValue(value)}.`);
}

/** 64 hex digits or 32 bytes; null when there is none. */
export function readSha256(value: SourceValue): Uint8Array | null {
  if (value === null || value === '') return null;
  if (value instanceof Uint8Array && value.length === 32) return value;
  if (typeof value === 'string' && /^[0-9a-f]{64}$/i.test(value.trim())) return Buffer.from(value.trim(), 'hex');
  throw new UnreadableValueError(`Expected a SHA-256 of 64 hex digits but received ${showValue(value)}.`);
}
