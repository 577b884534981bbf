import type { Buffer } from 'node:buffer';
import { chooseLegacyEncoding } from './legacy-text.ts';

/** IPTC-IIM datasets of the application record, by the names of the standard. */
export interface IptcTags {
  objectName: string | null;
  headline: string | null;
  caption: string | null;
  keywords: string[];
  /** `CCYYMMDD`. */
  dateCreated: string | null;
  /** `HHMMSS` with `+HHMM` or `-HHMM` behind it. */
  timeCreated: string | null;
}

const TAG_MARKER = 0x1c;
const APPLICATION_RECORD = 2;

const DATASET = { objectName: 5, keywords: 25, dateCreated: 55, timeCreated: 60, headline: 105, caption: 120 } as const;

/**
 * Reads IPTC-IIM records. Most programs do not say in which character set: what is valid UTF-8 is that, the rest is judged together, since one program wrote it.
 *
 * @param software the program that wrote the file, as far as it says
 * @see https://www.iptc.org/std/IIM/4.2/specification/IIMV4.2.pdf
 */
export function readIptc(block: Buffer, software = ''): IptcTags {
  const fields = new Map<number, Buffer[]>();
  let offset = 0;
  while (offset + 5 <= block.length && block[offset] === TAG_MARKER) {
    const record = block[offset + 1];
    const dataset = block[offset + 2] ?? 0;
    const length = block.readUInt16BE(offset + 3);
    if (length > 0x7fff) break; // the extended form serves pictures, not text
    const value = block.subarray(offset + 5, offset + 5 + length);
    if (record === APPLICATION_RECORD) fields.set(dataset, [...(fields.get(dataset) ?? []), value]);
    offset += 5 + length;
  }
  const legacy = Object.values(DATASET).flatMap((dataset) =>
    (fields.get(dataset) ?? []).filter((value) => decodeUtf8(value) === null),
  );
  const encoding = legacy.length === 0 ? 'windows-1252' : chooseLegacyEncoding(legacy, software);
  const decode = (value: Buffer) => decodeUtf8(value) ?? new TextDecoder(encoding).decode(value);
  const texts = (dataset: number) =>
    (fields.get(dataset) ?? []).map((value) => decode(value).replaceAll('\0', '').trim()).filter((text) => text !== '');
  const text = (dataset: number) => texts(dataset)[0] ?? null;
  return {
    objectName: text(DATASET.objectName),
    headline: text(DATASET.headline),
    caption: text(DATASET.caption),
    keywords: texts(DATASET.keywords),
    dateCreated: text(DATASET.dateCreated),
    timeCreated: text(DATASET.timeCreated),
  };
}

/** null for what is none. A program that declares UTF-8 (1:90) need not have written it. */
function decodeUtf8(value: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(value);
  } catch {
    return null;
  }
}
