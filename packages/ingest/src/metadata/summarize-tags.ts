import type { SidecarTags } from '../sidecars/load-sidecars.ts';
import { decodeUserComment, decodeWindowsText } from '../tags/exif-text.ts';
import type { ExifTags, ExifValue } from '../tags/read-exif.ts';
import type { IptcTags } from '../tags/read-iptc.ts';
import type { XmpTags } from '../tags/read-xmp.ts';
import { cleanJson } from '../tags/sanitize.ts';

/** Characters of JSON that one photo's tags may take; XMP of edited photos is cut first. */
const MAX_JSON_CHARACTERS = 64 * 1024;

/** Longest list of numbers that says something to a person; longer ones are tables and binary data. */
const MAX_NUMBERS = 16;

const LEFT_OUT = new Set([
  'MakerNote',
  'Exif IFD Pointer',
  'GPS Info IFD Pointer',
  'Interoperability IFD Pointer',
  'Padding',
  'OffsetSchema',
]);

/** Editing history, but for the name that a file had, and develop settings, large and of no use to a library; face regions, which are read on their own. */
const LEFT_OUT_XMP =
  /^(crs|xmpMM(?!:PreservedFileName)|mwg-rs|MP:|photoshop:DocumentAncestors|photoshop:History|GCamera:.*(Data|MakerNote)|hdrgm|Device)/;

export interface TagGroups {
  exif: ExifTags;
  xmp: XmpTags;
  iptc: IptcTags | null;
  text: Record<string, string>;
  sidecar: SidecarTags;
  /** Of exiftool, by group and name. */
  otherTags?: Record<string, unknown>;
}

/** All readable tags by group, as `jsonb` takes them; null when the photo has none. */
export function summarizeTags({ exif, xmp, iptc, text, sidecar, otherTags = {} }: TagGroups): Record<string, unknown> | null {
  const exifEntries = Object.entries(exif).filter(([name]) => !LEFT_OUT.has(name));
  const groups = {
    exif: Object.fromEntries(exifEntries.map(([name, value]) => [name, readable(name, value)])),
    iptc: iptc === null ? {} : Object.fromEntries(Object.entries(iptc).filter(([, value]) => value !== null && value.length > 0)),
    text,
    takeout: sidecar.takeout === null ? {} : { ...sidecar.takeout, takenAt: sidecar.takeout.takenAt?.toISOString() },
    xmp: withoutHistory(xmp),
    sidecar: withoutHistory(sidecar.xmp),
    exiftool: otherTags,
  };
  const summary: Record<string, unknown> = {};
  let characters = 0;
  for (const [group, tags] of Object.entries(groups)) {
    const clean = cleanJson(tags);
    const size = JSON.stringify(clean ?? {}).length;
    if (size <= 2 || characters + size > MAX_JSON_CHARACTERS) continue;
    characters += size;
    summary[group] = clean;
  }
  return Object.keys(summary).length === 0 ? null : summary;
}

function withoutHistory(xmp: XmpTags): XmpTags {
  return Object.fromEntries(Object.entries(xmp).filter(([name]) => !LEFT_OUT_XMP.test(name)));
}

function readable(name: string, value: ExifValue): unknown {
  if (name === 'UserComment') return decodeUserComment(value) ?? undefined;
  if (name.startsWith('XP')) return decodeWindowsText(value) ?? undefined;
  return Array.isArray(value) && value.length > MAX_NUMBERS && typeof value[0] === 'number' ? undefined : value;
}
