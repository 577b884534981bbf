import { Buffer } from 'node:buffer';
import { IngestError } from '../model/ingest-error.ts';
import type { PhotoContents } from '../tags/photo-contents.ts';
import type { IptcTags } from '../tags/read-iptc.ts';
import { readXmp } from '../tags/read-xmp.ts';
import type { ExiftoolTags } from './exiftool.ts';
import { findContainerTimes } from './find-container-times.ts';
import { findList, findText, groupOfTag, isBinary, isContent, textAt } from './find-tag.ts';
import { type ExiftoolReading, mimeOfTags } from './read-with-exiftool.ts';
import { toExif } from './to-exif.ts';

/** Groups that are kept as EXIF and XMP, and those that are computed from others. */
const KEPT_ELSEWHERE = /^(XMP-.*|XMP|Composite|ICC.*)$/;

/** What exiftool read, in the shape of what ingest's own readers find. */
export function toContents({ tags, xmp }: ExiftoolReading, name: string): PhotoContents {
  const mime = mimeOfTags(tags);
  if (mime === null) throw new IngestError('UNSUPPORTED_FORMAT', `${name} holds neither photo nor film that exiftool knows.`);
  return {
    mime,
    // Its decoder turns the preview, as it stands in the file, by the orientation that the file states.
    stored: { ...sizeOf(tags), obeysExif: true },
    exif: toExif(tags),
    xmp: xmp === null ? {} : readXmp(Buffer.from(xmp)),
    iptc: toIptc(tags),
    text: toText(tags),
    times: findContainerTimes(tags),
    maker: { lens: null, iso: null },
    otherTags: otherTags(tags),
  };
}

/** Pixels as they are stored; 0 for a film without a picture. Of Sigma's RAW, `ImageSize` may be that of the preview. */
function sizeOf(tags: ExiftoolTags): { width: number; height: number } {
  const ofSigma = [tags['SigmaRaw:ImageWidth'], tags['SigmaRaw:ImageHeight']].map(Number);
  const ofAll = String(tags['Composite:ImageSize'] ?? '')
    .split(' ')
    .map(Number);
  const [width = 0, height = 0] = ofSigma.every(Number.isInteger) ? ofSigma : ofAll;
  const isSize = [width, height].every((side) => Number.isInteger(side) && side > 0 && side <= MAX_SIDE);
  return isSize ? { width, height } : { width: 0, height: 0 };
}

/** Beyond it lie the claims of damaged files; the largest format here, PSB, ends at 300,000. */
const MAX_SIDE = 300_000;

/** Words of the film's container. Those of Windows stand in EXIF, and exiftool has decoded them. */
function toText(tags: ExiftoolTags): Record<string, string> {
  const texts = {
    Title: findText(tags, 'Title', 'XPTitle'),
    Description: findText(tags, 'Description', 'XPComment'),
    Comment: findText(tags, 'Comment'),
  };
  return Object.fromEntries(Object.entries(texts).filter((entry): entry is [string, string] => entry[1] !== null));
}

function toIptc(tags: ExiftoolTags): IptcTags {
  return {
    objectName: findText(tags, 'ObjectName'),
    headline: findText(tags, 'Headline'),
    caption: findText(tags, 'Caption-Abstract'),
    keywords: [...findList(tags, 'Keywords'), ...findList(tags, 'XPKeywords')].flatMap((words) => words.split(/[;,]/)),
    dateCreated: textAt(tags, 'IPTC:DateCreated'),
    timeCreated: textAt(tags, 'IPTC:TimeCreated'),
  };
}

function otherTags(tags: ExiftoolTags): Record<string, unknown> {
  const entries = Object.entries(tags).filter(([key, value]) => {
    const group = groupOfTag(key);
    return isContent(group) && !KEPT_ELSEWHERE.test(group) && !isBinary(value);
  });
  return Object.fromEntries(entries);
}
