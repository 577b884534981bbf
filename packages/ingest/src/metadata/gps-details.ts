import type { PhotoMetadata } from '../model/scanned-photo.ts';
import { type ExifTags, exifNumber } from '../tags/read-exif.ts';
import { type XmpTags, xmpNumber } from '../tags/read-xmp.ts';

/** Where the camera looked, and how sure the receiver was. */
export function readGpsDetails(exif: ExifTags, xmp: XmpTags): Pick<PhotoMetadata, 'gpsDirection' | 'gpsAccuracy'> {
  const direction = exifNumber(exif, 'GPSImgDirection') ?? xmpNumber(xmp, 'exif:GPSImgDirection');
  const accuracy = exifNumber(exif, 'GPSHPositioningError') ?? xmpNumber(xmp, 'exif:GPSHPositioningError');
  return {
    gpsDirection: direction !== null && direction >= 0 && direction <= 360 ? direction : null,
    gpsAccuracy: accuracy !== null && accuracy >= 0 ? accuracy : null,
  };
}
