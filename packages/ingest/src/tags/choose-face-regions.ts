import type { FaceRegion, PersonShown } from '../model/scanned-photo.ts';
import { readCrop } from './crop-rectangle.ts';
import { readFaceRegions } from './face-regions.ts';
import { xmpOrientation } from './orientation.ts';
import { type XmpTags, xmpText } from './read-xmp.ts';
import type { RegionFrame } from './region-placement.ts';

/** XMP of one file: the photo itself or a sidecar. */
export interface XmpOfFile {
  /** Name in the photo's folder. */
  file: string;
  xmp: XmpTags;
}

/**
 * The faces marked in the first of the files that speaks of any. Files are not mixed: a face renamed in a sidecar still bears its old name in the photo.
 *
 * @param sources the weightiest first
 */
export function chooseFaceRegions(
  sources: readonly XmpOfFile[],
  frame: RegionFrame,
): { regions: FaceRegion[]; unplaced: PersonShown[] } {
  const source = sources.find(({ xmp }) => 'mwg-rs:Regions' in xmp || 'MP:RegionInfo' in xmp);
  if (source === undefined) return { regions: [], unplaced: [] };
  const { file, xmp } = source;
  const program = xmpText(xmp, 'xmp:CreatorTool') ?? xmpText(xmp, 'tiff:Software');
  const crop = [xmp, ...sources.map((other) => other.xmp)].map(readCrop).find((found) => found !== null) ?? null;
  const statedOrientation = xmpOrientation(xmp) ?? frame.statedOrientation;
  const { regions, unplaced } = readFaceRegions(xmp, { ...frame, statedOrientation }, crop);
  return {
    regions: regions.map((region) => ({ ...region, file, program })),
    unplaced: unplaced.map((person) => ({ ...person, file })),
  };
}
