import type { Size } from './crop-rectangle.ts';
import { personName } from './person-name.ts';
import type { XmpTags, XmpValue } from './read-xmp.ts';
import type { Share } from './region-share.ts';

/** An entry of a list of regions. */
export interface ListedRegion {
  /** null for a face without a name. */
  name: string | null;
  /** Of the picture that the list is drawn on; null where the entry gives no usable box. */
  share: Share | null;
}

export interface RegionList {
  source: 'mwg-rs' | 'mp';
  /** The size of the picture that it is drawn on; null where it does not say. */
  drawnOn: Size | null;
  /** Entry by entry; null for one that is no face: a pet, a bar code, the point of focus. */
  entries: (ListedRegion | null)[];
}

/** Sides of a region from which it is the whole picture: somebody is in it, and no face is pointed to. */
const WHOLE_PICTURE = 0.99;

/** MWG regions, by Lightroom, digiKam, Picasa and others. https://www.exiv2.org/tags-xmp-mwg-rs.html */
export function readMwgList(xmp: XmpTags): RegionList {
  const regions = structure(xmp['mwg-rs:Regions']);
  const drawnOn = readSize(regions['mwg-rs:AppliedToDimensions']);
  const entries = list(regions['mwg-rs:RegionList']).map((item) => {
    const region = structure(item);
    const kind = text(region['mwg-rs:Type']) ?? 'Face';
    if (kind.toLowerCase() !== 'face') return null;
    return { name: personName(text(region['mwg-rs:Name'])), share: readArea(structure(region['mwg-rs:Area']), drawnOn) };
  });
  return { source: 'mwg-rs', drawnOn, entries };
}

/** Microsoft's regions (`MP`), by Windows and Picasa. They do not say on which picture they were drawn. */
export function readMicrosoftList(xmp: XmpTags): RegionList {
  const entries = list(structure(xmp['MP:RegionInfo'])['MPRI:Regions']).map((item) => {
    const region = structure(item);
    const [x = Number.NaN, y = Number.NaN, width = Number.NaN, height = Number.NaN] = (text(region['MPReg:Rectangle']) ?? '')
      .split(',')
      .map((side) => number(side));
    return { name: personName(text(region['MPReg:PersonDisplayName'])), share: usable({ x, y, width, height }) };
  });
  return { source: 'mp', drawnOn: null, entries };
}

/** The area is given by its centre: in shares, or in pixels of the picture that it is drawn on. */
function readArea(area: XmpTags, drawnOn: Size | null): Share | null {
  const [x, y, width, height] = ['x', 'y', 'w', 'h'].map((side) => number(area[`stArea:${side}`])) as [
    number,
    number,
    number,
    number,
  ];
  const corner = { x: x - width / 2, y: y - height / 2, width, height };
  if (!/^pixels?$/i.test(text(area['stArea:unit']) ?? '')) return usable(corner);
  if (drawnOn === null) return null;
  return usable({
    x: corner.x / drawnOn.width,
    y: corner.y / drawnOn.height,
    width: width / drawnOn.width,
    height: height / drawnOn.height,
  });
}

/** null unless it is a part of the picture, with its centre inside. */
function usable(share: Share): Share | null {
  const { x, y, width, height } = share;
  const centre = [x + width / 2, y + height / 2];
  const isInside = centre.every((at) => at >= 0 && at <= 1) && width > 0 && height > 0;
  return isInside && Math.min(width, height) < WHOLE_PICTURE && Math.max(width, height) <= 2 ? share : null;
}

function readSize(value: XmpValue | undefined): Size | null {
  const size = structure(value);
  const [width, height] = [number(size['stDim:w']), number(size['stDim:h'])];
  return width > 0 && height > 0 && width < Number.POSITIVE_INFINITY && height < Number.POSITIVE_INFINITY
    ? { width, height }
    : null;
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
