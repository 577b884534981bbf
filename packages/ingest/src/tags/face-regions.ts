import type { FaceRegion } from '../model/scanned-photo.ts';
import { agreeRegions, type PlacedList, type UnplacedName } from './agree-regions.ts';
import { type CropRectangle, readCrop } from './crop-rectangle.ts';
import type { XmpTags } from './read-xmp.ts';
import { type ListedRegion, type RegionList, readMicrosoftList, readMwgList } from './region-lists.ts';
import { type Placement, placeRegions, type RegionFrame } from './region-placement.ts';
import type { Share } from './region-share.ts';

/** A region as it is written, whatever file that is in. */
export type WrittenRegion = Omit<FaceRegion, 'file' | 'program'>;

export interface ReadFaceRegions {
  regions: WrittenRegion[];
  unplaced: UnplacedName[];
}

/** Regions of one photo; group photos have dozens, never thousands. */
const MAX_REGIONS = 500;

/**
 * Reads the faces that people or programs have marked: MWG regions (`mwg-rs`, by Lightroom, digiKam, Picasa) and Microsoft's (`MP`).
 *
 * Both count from the picture as it is stored. MWG also says which size it was drawn on: where that is the size of the upright picture, its writer
 * meant the upright picture; where it is that of another picture, the names are left without a place.
 */
export function readFaceRegions(xmp: XmpTags, frame: RegionFrame, crop: CropRectangle | null = readCrop(xmp)): ReadFaceRegions {
  const mwg = readMwgList(xmp);
  const microsoft = readMicrosoftList(xmp);
  const { placed, unplaced } = agreeRegions(
    { ...mwg, placement: placeRegions(mwg.drawnOn, frame, crop) },
    { ...microsoft, placement: placeRegions(null, frame, crop) },
    frame,
  );
  const regions = placed.flatMap(({ name, share, source, isScaled }): WrittenRegion[] => {
    const box = boxOf(share, frame);
    return box === null ? [] : [{ name, box, source, ...(isScaled ? { isScaled } : {}) }];
  });
  return { regions: regions.slice(0, MAX_REGIONS), unplaced: unplaced.slice(0, MAX_REGIONS) };
}

/** A list as a program wrote it, entry by entry: null for one that is no face or lies nowhere. For edits, which keep to its own picture. */
export interface EditableList {
  placement: Placement | null;
  regions: (WrittenRegion | null)[];
}

export function readEditableLists(xmp: XmpTags, frame: RegionFrame): { mwg: EditableList; microsoft: EditableList } {
  const mwg = readMwgList(xmp);
  const microsoft = readMicrosoftList(xmp);
  return {
    mwg: editable({ ...mwg, placement: placeRegions(mwg.drawnOn, frame, readCrop(xmp)) }, frame),
    microsoft: editable({ ...microsoft, placement: placeRegions(null, frame, null) }, frame),
  };
}

function editable({ entries, placement, source }: RegionList & PlacedList, frame: RegionFrame): EditableList {
  const toRegion = (entry: ListedRegion | null): WrittenRegion | null => {
    if (!entry?.share || placement === null) return null;
    const box = boxOf(placement.toUpright(entry.share), frame);
    return box && { name: entry.name, box, source };
  };
  return { placement, regions: entries.map(toRegion) };
}

/** Pixels of the upright picture; null for what lies outside of it. */
function boxOf(upright: Share, { storedWidth, storedHeight, orientation }: RegionFrame): WrittenRegion['box'] | null {
  const [imageWidth, imageHeight] = orientation >= 5 ? [storedHeight, storedWidth] : [storedWidth, storedHeight];
  const left = Math.max(0, Math.round(upright.x * imageWidth));
  const top = Math.max(0, Math.round(upright.y * imageHeight));
  const width = Math.min(imageWidth, Math.round((upright.x + upright.width) * imageWidth)) - left;
  const height = Math.min(imageHeight, Math.round((upright.y + upright.height) * imageHeight)) - top;
  return width > 0 && height > 0 ? { x: left, y: top, width, height } : null;
}
