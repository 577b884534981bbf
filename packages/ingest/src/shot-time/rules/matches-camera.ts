import { type ExifTags, exifText } from '../../tags/read-exif.ts';
import { type XmpTags, xmpText } from '../../tags/read-xmp.ts';
import type { CameraMatch } from './date-rules.ts';

/** The camera as its metadata names it. */
export interface Camera {
  make: string | null;
  model: string | null;
  serial: string | null;
}

export function cameraOf(exif: ExifTags, xmp: XmpTags): Camera {
  return {
    make: exifText(exif, 'Make') ?? xmpText(xmp, 'tiff:Make'),
    model: exifText(exif, 'Model') ?? xmpText(xmp, 'tiff:Model'),
    serial: exifText(exif, 'BodySerialNumber') ?? xmpText(xmp, 'aux:SerialNumber'),
  };
}

/** Whether all that a rule says of the camera is so. */
export function matchesCamera(rule: CameraMatch, camera: Camera): boolean {
  return (['make', 'model', 'serial'] as const).every((part) => {
    const wanted = rule[part];
    return wanted === undefined || wanted.trim().toLowerCase() === camera[part]?.toLowerCase();
  });
}
