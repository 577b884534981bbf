import type { SidecarTags } from '../sidecars/load-sidecars.ts';
import { type Position, readPosition } from '../tags/position.ts';
import type { ExifTags } from '../tags/read-exif.ts';
import type { XmpTags } from '../tags/read-xmp.ts';

/** 11 m along a meridian: programs round positions, and nobody corrects one by less. */
const SAME_PLACE_DEGREES = 1e-4;

export interface PositionSources {
  exif: ExifTags;
  xmp: XmpTags;
  sidecar: SidecarTags;
}

/**
 * Where the photo was taken: where a person put it, in a sidecar or in Google Photos, else where the camera says, else where the sidecars do. What
 * only repeats the camera's position leaves that as it is, with its altitude.
 */
export function choosePosition({ exif, xmp, sidecar }: PositionSources): Position | null {
  const own = readPosition(exif, xmp);
  const said = readPosition({}, sidecar.xmp);
  const takeout = sidecar.takeout?.position ?? null;
  const known = sidecar.takeout?.cameraPosition;
  // Google writes 0, 0 where the photo had no position when it was uploaded: then one that is in it now is younger.
  const wasKnown = known === undefined ? own : known;
  const corrected = takeout !== null && wasKnown !== null && !isSamePlace(takeout, wasKnown) ? takeout : null;
  const correction = [said, corrected].find((position) => position !== null && !(own && isSamePlace(position, own)));
  return correction ?? own ?? said ?? takeout;
}

function isSamePlace(one: Position, other: Position): boolean {
  return (
    Math.abs(one.latitude - other.latitude) < SAME_PLACE_DEGREES && Math.abs(one.longitude - other.longitude) < SAME_PLACE_DEGREES
  );
}
