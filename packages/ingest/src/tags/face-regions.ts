import type { FaceRegion } from '../model/scanned-photo.ts';
import type { XmpTags, XmpValue } from './read-xmp.ts';
import { cleanText } from './sanitize.ts';

/** The picture that regions are drawn on. */
export interface RegionFrame {
  /** Pixels as stored, before EXIF orientation. */
  storedWidth: number;
  storedHeight: number;
  /** EXIF orientation 1..8 that decoders apply; 1 when they apply none. */
  orientation: number;
}

/** A region as it is written, whatever file that is in. */
export type WrittenRegion = Omit<FaceRegion, 'file' | 'program'>;

/** Regions of one photo; group photos have dozens, never thousands. */
const MAX_REGIONS = 500;

/** A rectangle in shares of width and height, by its corner. */
export interface Share {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * Reads the faces that people or programs have marked: MWG regions (`mwg-rs`, by Lightroom, digiKam, Picasa) and Microsoft's (`MP`).
 *
 * Both count from the picture as it is stored. MWG also says which size it was drawn on; where that is the size of the upright picture, its writer
 * meant the upright picture. https://www.exiv2.org/tags-xmp-mwg-rs.html
 */
export function readFaceRegions(xmp: XmpTags, frame: RegionFrame): WrittenRegion[] {
  const regions = [...readMwgRegions(xmp, frame), ...readMicrosoftRegions(xmp, frame)];
  return withoutRepeats(regions).slice(0, MAX_REGIONS);
}

function readMwgRegions(xmp: XmpTags, frame: RegionFrame): WrittenRegion[] {
  return readMwgList(xmp, frame).filter((region) => region !== null);
}

/** The regions of the MWG list, place by place: null for one that is no face or lies nowhere. */
export function readMwgList(xmp: XmpTags, frame: RegionFrame): (WrittenRegion | null)[] {
  const isUpright = isMwgUpright(xmp, frame);
  return list(structure(xmp['mwg-rs:Regions'])['mwg-rs:RegionList']).map((item) => {
    const region = structure(item);
    const area = structure(region['mwg-rs:Area']);
    const kind = text(region['mwg-rs:Type']) ?? 'Face';
    const [x, y, width, height] = [
      number(area['stArea:x']),
      number(area['stArea:y']),
      number(area['stArea:w']),
      number(area['stArea:h']),
    ];
    // The area is given by its centre.
    const share = { x: x - width / 2, y: y - height / 2, width, height };
    return kind === 'Face' ? toRegion(share, text(region['mwg-rs:Name']), 'mwg-rs', isUpright, frame) : null;
  });
}

/** Whether the writer of the MWG list drew on the upright picture. */
export function isMwgUpright(xmp: XmpTags, frame: RegionFrame): boolean {
  const drawnOn = structure(structure(xmp['mwg-rs:Regions'])['mwg-rs:AppliedToDimensions']);
  return isDrawnUpright(number(drawnOn['stDim:w']), number(drawnOn['stDim:h']), frame);
}

function readMicrosoftRegions(xmp: XmpTags, frame: RegionFrame): WrittenRegion[] {
  return readMicrosoftList(xmp, frame).filter((region) => region !== null);
}

/** The same of Microsoft's list. */
export function readMicrosoftList(xmp: XmpTags, frame: RegionFrame): (WrittenRegion | null)[] {
  return list(structure(xmp['MP:RegionInfo'])['MPRI:Regions']).map((item) => {
    const region = structure(item);
    const [x = Number.NaN, y = Number.NaN, width = Number.NaN, height = Number.NaN] = (text(region['MPReg:Rectangle']) ?? '')
      .split(',')
      .map(Number);
    return toRegion({ x, y, width, height }, text(region['MPReg:PersonDisplayName']), 'mp', false, frame);
  });
}

function isDrawnUpright(width: number, height: number, { storedWidth, storedHeight, orientation }: RegionFrame): boolean {
  const isStored = width * storedHeight === height * storedWidth;
  const isTurned = width * storedWidth === height * storedHeight;
  return orientation >= 5 && isTurned && !isStored;
}

function toRegion(
  share: Share,
  name: string | null,
  source: WrittenRegion['source'],
  isUpright: boolean,
  frame: RegionFrame,
): WrittenRegion | null {
  const isSideways = frame.orientation >= 5;
  const [imageWidth, imageHeight] = isSideways
    ? [frame.storedHeight, frame.storedWidth]
    : [frame.storedWidth, frame.storedHeight];
  const upright = isUpright ? share : turn(share, frame.orientation);
  const left = Math.max(0, Math.round(upright.x * imageWidth));
  const top = Math.max(0, Math.round(upright.y * imageHeight));
  const width = Math.min(imageWidth, Math.round((upright.x + upright.width) * imageWidth)) - left;
  const height = Math.min(imageHeight, Math.round((upright.y + upright.height) * imageHeight)) - top;
  const isInside = width > 0 && height > 0 && share.width > 0 && share.height > 0;
  return isInside ? { name: cleanText(name), box: { x: left, y: top, width, height }, source } : null;
}

/** Where a part of the stored picture is after EXIF orientation was applied. */
export function turn({ x, y, width, height }: Share, orientation: number): Share {
  const right = 1 - x - width;
  const bottom = 1 - y - height;
  const kept = { width, height };
  const swapped = { width: height, height: width };
  switch (orientation) {
    case 2:
      return { x: right, y, ...kept };
    case 3:
      return { x: right, y: bottom, ...kept };
    case 4:
      return { x, y: bottom, ...kept };
    case 5:
      return { x: y, y: x, ...swapped };
    case 6:
      return { x: bottom, y: x, ...swapped };
    case 7:
      return { x: bottom, y: right, ...swapped };
    case 8:
      return { x: y, y: right, ...swapped };
    default:
      return { x, y, ...kept };
  }
}

/** Programs write the same face in both forms. */
function withoutRepeats(regions: WrittenRegion[]): WrittenRegion[] {
  const seen = new Set<string>();
  return regions.filter(({ name, box }) => {
    const key = `${name}:${Math.round(box.x / 4)}:${Math.round(box.y / 4)}`;
    return !seen.has(key) && seen.add(key);
  });
}

function structure(value: XmpValue | undefined): XmpTags {
  return typeof value === 'object' && !Array.isArray(value) ? value : {};
}

function list(value: XmpValue | undefined): XmpValue[] {
  return Array.isArray(value) ? value : [];
}

function text(value: XmpValue | undefined): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function number(value: XmpValue | undefined): number {
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
}
