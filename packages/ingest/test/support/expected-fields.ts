import type { PhotoMetadata } from '../../src/model/scanned-photo.ts';

/** What exiftool is asked for. */
export const EXIFTOOL_FIELDS = [
  'FileType',
  'DateTimeOriginal',
  'CreateDate',
  'OffsetTimeOriginal',
  'Orientation',
  'GPSLatitude',
  'GPSLongitude',
  'GPSAltitude',
  'GPSImgDirection',
  'GPSHPositioningError',
  'ImageSize',
  'Make',
  'Model',
  'LensModel',
  'ExposureTime',
  'FNumber',
  'ISO',
  'FocalLength',
  'Title',
  'ObjectName',
  'Description',
  'Caption-Abstract',
  'ImageDescription',
  'Subject',
  'Keywords',
  'Rating',
  'Error',
] as const;

type Value = string | number | boolean | (string | number)[] | undefined;
export type ExiftoolTags = { SourceFile: string } & Partial<Record<(typeof EXIFTOOL_FIELDS)[number], Value>>;

/** One field that exiftool finds, beside what ingest reads. */
export interface ExpectedField {
  field: string;
  expected: string | number;
  actual: string | number | null;
  isEqual: boolean;
}

const MAX_DEGREES_APART = 1e-5;
const MAX_SHARE_APART = 1e-3;

/** Every field that exiftool finds in a photo. */
export function expectedFields(tags: ExiftoolTags, read: PhotoMetadata): ExpectedField[] {
  const { GPSLatitude: latitude, GPSLongitude: longitude } = tags;
  const isPlace = isNumber(latitude) && isNumber(longitude) && (latitude !== 0 || longitude !== 0);
  return [
    same('date', dateOf(tags.DateTimeOriginal) ?? dateOf(tags.CreateDate), read.shot.local?.slice(0, 19) ?? null),
    same('offset', offsetOf(tags.OffsetTimeOriginal), read.shot.offsetMinutes),
    same('orientation', orientationOf(tags.Orientation), read.orientation),
    same('size', sizeOf(tags.ImageSize), [read.width, read.height].toSorted((a, b) => a - b).join('x')),
    close('latitude', isPlace ? latitude : null, read.latitude, MAX_DEGREES_APART),
    close('longitude', isPlace ? longitude : null, read.longitude, MAX_DEGREES_APART),
    close('altitude', isPlace ? tags.GPSAltitude : null, read.altitude),
    close('direction', tags.GPSImgDirection, read.gpsDirection),
    close('accuracy', tags.GPSHPositioningError, read.gpsAccuracy),
    same('make', textOf(tags.Make), read.cameraMake),
    same('model', textOf(tags.Model), read.cameraModel),
    same('lens', textOf(tags.LensModel), read.lens),
    close('exposure', tags.ExposureTime || null, read.exposureTime),
    close('f-number', tags.FNumber || null, read.fNumber),
    close('iso', tags.ISO || null, read.iso),
    close('focal', tags.FocalLength || null, read.focalLength),
    same('title', textOf(tags.Title) ?? textOf(tags.ObjectName), read.title),
    same('caption', textOf(tags.Description) ?? textOf(tags['Caption-Abstract']) ?? textOf(tags.ImageDescription), read.caption),
    same('keywords', keywordsOf(tags.Subject, tags.Keywords), read.keywords.toSorted().join('|')),
    close('rating', tags.Rating, read.rating),
  ].filter((field) => field !== null);
}

function same(field: string, expected: string | number | null, actual: string | number | null): ExpectedField | null {
  return expected === null ? null : { field, expected, actual, isEqual: expected === actual };
}

function close(field: string, expected: Value | null, actual: number | null, within?: number): ExpectedField | null {
  if (!isNumber(expected)) return null;
  const limit = within ?? Math.max(Math.abs(expected) * MAX_SHARE_APART, Number.EPSILON);
  return { field, expected, actual, isEqual: actual !== null && Math.abs(actual - expected) <= limit };
}

function isNumber(value: Value | null): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** `YYYY-MM-DDTHH:mm:ss`; null when exiftool hands through something that is no moment. */
function dateOf(value: Value): string | null {
  const match = /^(\d{4}):(\d{2}):(\d{2}) (\d{2}):(\d{2}):(\d{2})/.exec(String(value ?? ''));
  if (match === null) return null;
  const text = `${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6]}`;
  const date = new Date(`${text}Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) && Number(match[1]) > 0 ? text : null;
}

function offsetOf(value: Value): number | null {
  const match = /^([+-])(\d{2}):(\d{2})$/.exec(String(value ?? '').trim());
  if (match === null) return null;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === '-' && minutes > 0 ? -minutes : minutes;
}

function orientationOf(value: Value): number | null {
  return isNumber(value) && value >= 1 && value <= 8 ? value : null;
}

/** The shorter side first: ingest turns the picture, exiftool does not. */
function sizeOf(value: Value): string | null {
  const sides =
    String(value ?? '')
      .match(/\d+/g)
      ?.map(Number) ?? [];
  return sides.length === 2 ? sides.toSorted((a, b) => a - b).join('x') : null;
}

/** exiftool makes numbers of texts of digits, and marks what it cannot read. */
function textOf(value: Value): string | null {
  const text = Array.isArray(value) ? String(value[0]) : value === undefined ? '' : String(value);
  const trimmed = text.trim().replaceAll('\r\n', '\n');
  return trimmed === '' || trimmed === '?' || trimmed.startsWith('(Binary data') ? null : trimmed;
}

function keywordsOf(...lists: Value[]): string | null {
  const words = lists
    .flatMap((list) => (Array.isArray(list) ? list : list === undefined ? [] : [list]))
    .map((word) => String(word).trim());
  return words.length === 0 ? null : [...new Set(words.filter((word) => word !== ''))].toSorted().join('|');
}
