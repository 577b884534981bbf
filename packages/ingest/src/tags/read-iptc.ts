import type { Buffer } from 'node:buffer';

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
const ENVELOPE_RECORD = 1;
const APPLICATION_RECORD = 2;
const CODED_CHARACTER_SET = 90;
/** The escape sequence that announces UTF-8. */
const UTF8_ESCAPE = '\x1b%G';

const DATASET = { objectName: 5, keywords: 25, dateCreated: 55, timeCreated: 60, headline: 105, caption: 120 } as const;

/** Reads IPTC-IIM records. https://www.iptc.org/std/IIM/4.2/specification/IIMV4.2.pdf */
export function readIptc(block: Buffer): IptcTags {
  const fields = new Map<number, Buffer[]>();
  let isUtf8 = false;
  let offset = 0;
  while (offset + 5 <= block.length && block[offset] === TAG_MARKER) {
    const record = block[offset + 1];
    const dataset = block[offset + 2] ?? 0;
    const length = block.readUInt16BE(offset + 3);
    if (length > 0x7fff) break; // the extended form serves pictures, not text
    const value = block.subarray(offset + 5, offset + 5 + length);
    if (record === ENVELOPE_RECORD && dataset === CODED_CHARACTER_SET) isUtf8 = value.toString('latin1') === UTF8_ESCAPE;
    if (record === APPLICATION_RECORD) fields.set(dataset, [...(fields.get(dataset) ?? []), value]);
    offset += 5 + length;
  }
  const texts = (dataset: number) =>
    (fields.get(dataset) ?? []).map((value) => decode(value, isUtf8)).filter((text) => text !== '');
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

/** Most writers store UTF-8 without announcing it; what is not valid UTF-8 is Latin-1. */
function decode(value: Buffer, isUtf8: boolean): string {
  try {
    return new TextDecoder('utf-8', { fatal: !isUtf8 }).decode(value).replaceAll('\0', '').trim();
  } catch {
    return value.toString('latin1').replaceAll('\0', '').trim();
  }
}
