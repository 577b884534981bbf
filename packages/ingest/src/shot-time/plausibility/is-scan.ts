import { type ExifTags, exifNumber, exifText } from '../../tags/read-exif.ts';
import { type XmpTags, xmpText } from '../../tags/read-xmp.ts';

/** EXIF `FileSource`: scanners of film and of prints. */
const SCANNERS: readonly (number | null)[] = [1, 2];

/** https://cv.iptc.org/newscodes/digitalsourcetype/ */
const DIGITISED = /\/(digitisedFilm|print|negativeFilm|positiveFilm)$/i;

/** `Scan_0001`, `VueScan`, `CanoScan`, `ScanSnap`; and Epson's `img20190713_14253012`. */
const SCAN_WORD = /scan/i;
const SCAN_NAME = /scan|^img\d{8}_\d{8}\./i;

/** Whether a scanner made the picture: then the date before it is a person's, not that of a clock. */
export function isScan(exif: ExifTags, xmp: XmpTags, fileName: string): boolean {
  const programs = [exifText(exif, 'Make'), exifText(exif, 'Model'), exifText(exif, 'Software'), xmpText(xmp, 'xmp:CreatorTool')];
  return (
    SCAN_NAME.test(fileName) ||
    programs.some((program) => SCAN_WORD.test(program ?? '')) ||
    SCANNERS.includes(exifNumber(exif, 'FileSource')) ||
    DIGITISED.test(xmpText(xmp, 'Iptc4xmpExt:DigitalSourceType') ?? '')
  );
}
