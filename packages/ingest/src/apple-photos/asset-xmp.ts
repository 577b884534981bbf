import type { XmpTags } from '../tags/read-xmp.ts';
import type { RegionFrame } from '../tags/region-placement.ts';
import { turnBack } from '../tags/region-share.ts';
import type { NamedFace, PhotosAsset } from './photos-asset.ts';

/**
 * What a library of Apple Photos says, as a sidecar would: the same rules then choose between it and the photo itself.
 *
 * @param frame the original, for the boxes of its faces
 */
export function toXmp(asset: PhotosAsset, frame: RegionFrame): XmpTags {
  const { originalName, title, caption, keywords, latitude, longitude, correctedTime, faces, isReframed } = asset;
  const drawn = isReframed ? [] : faces;
  return {
    'xmp:CreatorTool': 'Apple Photos',
    ...(originalName !== null && { 'xmpMM:PreservedFileName': originalName }),
    ...(title !== null && { 'dc:title': title }),
    ...(caption !== null && { 'dc:description': caption }),
    ...(keywords.length > 0 && { 'dc:subject': [...keywords] }),
    ...(latitude !== null && longitude !== null && { 'exif:GPSLatitude': `${latitude}`, 'exif:GPSLongitude': `${longitude}` }),
    ...(correctedTime !== null && { 'exif:DateTimeOriginal': correctedTime }),
    ...(drawn.length > 0 && { 'mwg-rs:Regions': toRegions(drawn, frame) }),
    ...(faces.length > drawn.length && { 'Iptc4xmpExt:PersonInImage': faces.map(({ name }) => name) }),
  };
}

/** MWG counts from the picture as it is stored. */
function toRegions(faces: readonly NamedFace[], frame: RegionFrame): XmpTags {
  const { storedWidth, storedHeight, orientation } = frame;
  const [width, height] = orientation >= 5 ? [storedHeight, storedWidth] : [storedWidth, storedHeight];
  const regions = faces.map(({ name, centreX, centreY, size }): XmpTags => {
    const side = size * Math.max(width, height);
    const [w, h] = [side / width, side / height];
    const share = turnBack({ x: centreX - w / 2, y: centreY - h / 2, width: w, height: h }, orientation);
    return {
      'mwg-rs:Name': name,
      'mwg-rs:Type': 'Face',
      'mwg-rs:Area': {
        'stArea:x': `${share.x + share.width / 2}`,
        'stArea:y': `${share.y + share.height / 2}`,
        'stArea:w': `${share.width}`,
        'stArea:h': `${share.height}`,
      },
    };
  });
  const foundIn = faces.find((face) => face.foundIn)?.foundIn;
  return { ...(foundIn && { 'mwg-rs:AppliedToDimensions': sizeAsStored(foundIn, frame) }), 'mwg-rs:RegionList': regions };
}

/** Of the sides only the longer and the shorter one count: whether they are those of the upright picture depends on the version of Photos. */
function sizeAsStored(size: { width: number; height: number }, { storedWidth, storedHeight }: RegionFrame): XmpTags {
  const sides = [size.width, size.height].toSorted((a, b) => a - b);
  const [width, height] = storedWidth >= storedHeight ? sides.toReversed() : sides;
  return { 'stDim:w': `${width}`, 'stDim:h': `${height}` };
}
