import type { FaceRegion } from '../model/scanned-photo.ts';
import { type RegionFrame, readFaceRegions } from './face-regions.ts';
import { type XmpTags, xmpText } from './read-xmp.ts';

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
export function chooseFaceRegions(sources: readonly XmpOfFile[], frame: RegionFrame): FaceRegion[] {
  const source = sources.find(({ xmp }) => 'mwg-rs:Regions' in xmp || 'MP:RegionInfo' in xmp);
  if (source === undefined) return [];
  const { file, xmp } = source;
  const program = xmpText(xmp, 'xmp:CreatorTool') ?? xmpText(xmp, 'tiff:Software');
  return readFaceRegions(xmp, frame).map((region) => ({ ...region, file, program }));
}
