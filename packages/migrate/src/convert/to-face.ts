import type { FaceBox, FaceToSave } from '@photoorg/sdk';
import type { TableTally } from '../copy-report.ts';
import type { ReadRow, SourceReader } from '../source/source-reader.ts';
import { plainValues, type SourceValue, showValue } from '../source/source-row.ts';
import { decodeEmbedding } from './decode-embedding.ts';
import { readJsonObject, readNumber, readOptional } from './read-value.ts';
import { UnreadableValueError } from './unreadable-value-error.ts';

/** Names the finder of a face when the old library does not. */
const unknownDetector = 'imported';

/** The new face of an old row. Throws UnreadableValueError when it has no usable box. */
export function toFace(reader: SourceReader<'faces'>, { key, row }: ReadRow, dimension: number, tally: TableTally): FaceToSave {
  const optional = <Value>(field: 'bitmap' | 'embedding' | 'provenance', read: (value: SourceValue) => Value) =>
    readOptional(tally, key, reader.layout.columns[field] ?? field, () => read(reader.value(row, field)));

  const provenance = optional('provenance', readJsonObject) ?? {};
  const detector = typeof provenance.detector === 'string' && provenance.detector !== '' ? provenance.detector : unknownDetector;
  return {
    box: toBox(reader, row),
    landmarks: null,
    score: null,
    quality: null,
    crop: optional('bitmap', toCrop),
    embedding: optional('embedding', (value) => decodeEmbedding(value, dimension)),
    source: 'imported',
    detector,
    provenance: { ...provenance, imported: { table: 'faces', key, row: plainValues(row) } },
  };
}

/** Whole pixels inside the image: dlib's boxes may reach beyond its left and upper edge. */
function toBox(reader: SourceReader<'faces'>, row: ReadRow['row']): FaceBox {
  const read = (field: 'x' | 'y' | 'width' | 'height') => {
    const number = readNumber(reader.value(row, field));
    if (number === null) throw new UnreadableValueError(`The face has no ${reader.layout.columns[field]}.`);
    return Math.round(number);
  };
  const [left, top] = [read('x'), read('y')];
  const [right, bottom] = [left + read('width'), top + read('height')];
  const [x, y] = [Math.max(0, left), Math.max(0, top)];
  const box = { x, y, width: right - x, height: bottom - y };
  if (box.width < 1 || box.height < 1) {
    throw new UnreadableValueError(
      `Expected a box of at least one pixel but received ${right - left}x${bottom - top} at ${left},${top}.`,
    );
  }
  return box;
}

const imageStarts = [
  [0xff, 0xd8, 0xff], // JPEG
  [0x89, 0x50, 0x4e, 0x47], // PNG
  [0x52, 0x49, 0x46, 0x46], // WebP, in RIFF
];

function toCrop(value: SourceValue): Uint8Array | null {
  if (value === null) return null;
  if (value instanceof Uint8Array && imageStarts.some((start) => start.every((byte, index) => value[index] === byte)))
    return value;
  throw new UnreadableValueError(`Expected a JPEG, PNG or WebP picture but received ${showValue(value)}.`);
}
