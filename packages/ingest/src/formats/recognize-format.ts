import type { ByteSource } from '../files/byte-source.ts';
import { formatOfExtension, isTiffRaw, type PhotoFormat, type RawFormat } from './photo-formats.ts';
import { extensionOf, SNIFF_BYTES, sniffFormat } from './sniff-format.ts';
import { openTiff, readDirectory } from './tiff-directory.ts';
import { isSensorData, readTiffImages } from './tiff-images.ts';
import { lookUp } from './tiff-lookup.ts';
import { TIFF_TAG } from './tiff-types.ts';

/** RAW formats that only their maker's name tells from each other. */
const MAKERS: readonly [format: RawFormat, make: RegExp][] = [
  ['nef', /^NIKON/i],
  ['arw', /^SONY/i],
  ['pef', /^(PENTAX|ASAHI|RICOH)/i],
  ['srw', /^SAMSUNG/i],
  ['3fr', /^HASSELBLAD/i],
];

/**
 * The format of a photo file by its content; null when it is none that ingest knows. The extension is believed only of what begins as TIFF: there
 * it tells the RAW formats apart. Without a telling name, a TIFF file that holds a sensor's data is RAW all the same.
 */
export async function recognizeFormat(source: ByteSource, name = ''): Promise<PhotoFormat | null> {
  const format = sniffFormat(await source.read(0, SNIFF_BYTES));
  return format === 'tiff' ? await recognizeTiff(source, name) : format;
}

async function recognizeTiff(source: ByteSource, name: string): Promise<PhotoFormat> {
  const tiff = await openTiff(source);
  const directory = tiff && (await readDirectory(tiff.layout, tiff.first));
  if (tiff === null || directory === null) return 'tiff';
  if (directory.entries.some(({ tag }) => tag === TIFF_TAG.dngVersion)) return 'dng';
  const promised = formatOfExtension(extensionOf(name));
  if (promised !== null && isTiffRaw(promised)) return promised;
  if (!(await readTiffImages(source)).some(isSensorData)) return 'tiff';
  const make = (await lookUp(tiff.layout, directory, TIFF_TAG.make))?.value.toString('latin1') ?? '';
  return MAKERS.find(([, pattern]) => pattern.test(make))?.[0] ?? 'tiff';
}
