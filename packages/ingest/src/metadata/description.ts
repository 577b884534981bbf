import type { PhotoMetadata } from '../model/scanned-photo.ts';
import type { SidecarTags } from '../sidecars/load-sidecars.ts';
import { decodeUserComment, decodeWindowsText } from '../tags/exif-text.ts';
import { type ExifTags, exifNumber, exifText } from '../tags/read-exif.ts';
import type { IptcTags } from '../tags/read-iptc.ts';
import { type XmpTags, xmpList, xmpText } from '../tags/read-xmp.ts';
import { cleanText } from '../tags/sanitize.ts';
import { readKeywords } from './keywords.ts';
import { isMachineCaption } from './machine-captions.ts';

export type Description = Pick<
  PhotoMetadata,
  'title' | 'caption' | 'keywords' | 'keywordPaths' | 'rating' | 'cameraMake' | 'cameraModel' | 'lens'
>;

export interface DescriptionSources {
  exif: ExifTags;
  xmp: XmpTags;
  iptc: IptcTags | null;
  text: Record<string, string>;
  sidecar: SidecarTags;
  /** What the maker note of the camera says of the lens. */
  makerLens: string | null;
}

/** What people and programs wrote about the photo. XMP is asked first, because programs of this century edit it and Unicode survives in it; a sidecar before all, because it is what people edit when photos are left untouched. */
export function readDescription({ exif, xmp: embedded, iptc, text, sidecar, makerLens }: DescriptionSources): Description {
  const xmp = { ...embedded, ...sidecar.xmp };
  const cameraMake = first(exifText(exif, 'Make'), xmpText(xmp, 'tiff:Make'), text.Make);
  const written = (...texts: (string | null | undefined)[]) =>
    first(...texts.filter((text) => typeof text !== 'string' || !isMachineCaption(text, cameraMake)));
  return {
    title: written(
      xmpText(xmp, 'dc:title'),
      iptc?.objectName,
      xmpText(xmp, 'photoshop:Headline'),
      iptc?.headline,
      decodeWindowsText(exif.XPTitle),
      text.Title,
    ),
    caption: written(
      xmpText(xmp, 'dc:description'),
      xmpText(xmp, 'tiff:ImageDescription'),
      iptc?.caption,
      exifText(exif, 'ImageDescription'),
      decodeUserComment(exif.UserComment),
      decodeWindowsText(exif.XPComment),
      sidecar.takeout?.description,
      text.Description,
      text.Comment,
    ),
    ...readKeywords(xmp, xmpList(xmp, 'dc:subject'), iptc?.keywords ?? [], decodeWindowsText(exif.XPKeywords)),
    rating: readRating(exif, xmp),
    cameraMake,
    cameraModel: first(exifText(exif, 'Model'), xmpText(xmp, 'tiff:Model'), text.Model),
    lens: first(
      exifText(exif, 'LensModel'),
      xmpText(xmp, 'exifEX:LensModel'),
      xmpText(xmp, 'aux:Lens'),
      makerLens,
      exifText(exif, 'Lens'),
    ),
  };
}

function first(...texts: (string | null | undefined)[]): string | null {
  for (const text of texts) {
    const clean = cleanText(text);
    if (clean !== null) return clean;
  }
  return null;
}

/** 0..5 stars, -1 for rejected (XMP's meaning). */
function readRating(exif: ExifTags, xmp: XmpTags): number | null {
  const text = xmpText(xmp, 'xmp:Rating');
  const rating = text === null ? exifNumber(exif, 'Rating') : Number(text);
  return rating !== null && rating >= -1 && rating <= 5 ? Math.round(rating) : null;
}
