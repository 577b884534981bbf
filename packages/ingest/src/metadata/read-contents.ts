import { type ByteSource, bufferSource } from '../files/byte-source.ts';
import { type MakerFacts, readMakerFacts } from '../formats/maker-facts.ts';
import type { PhotoBlocks } from '../formats/photo-blocks.ts';
import { isTiffRaw, mimeOf } from '../formats/photo-formats.ts';
import { readBlocks } from '../formats/read-blocks.ts';
import { recognizeFormat } from '../formats/recognize-format.ts';
import { needsExiftool } from '../formats/sniff-format.ts';
import { IngestError } from '../model/ingest-error.ts';
import type { PhotoContents } from '../tags/photo-contents.ts';
import { type ExifTags, exifText, readExif } from '../tags/read-exif.ts';
import { readIptc } from '../tags/read-iptc.ts';
import { readXmp, type XmpTags, xmpText } from '../tags/read-xmp.ts';

/**
 * Reads what a photo says, with ingest's own readers.
 *
 * @throws {IngestError} `UNSUPPORTED_FORMAT`
 */
export async function readContents(
  source: ByteSource,
  name: string,
  { makerNotes }: { makerNotes: boolean },
): Promise<PhotoContents> {
  // 1. What is it?
  const format = await recognizeFormat(source, name);
  if (format === null) throw unsupported(name);
  // 2. Cut the metadata out of the container.
  const blocks = await readBlocks(source, format);
  // 3. Decode each kind.
  const exif = blocks.exif === null ? {} : await readExif(blocks.exif);
  const xmp: XmpTags = Object.assign({}, ...blocks.xmp.map(readXmp).reverse());
  const software = [exifText(exif, 'Software'), xmpText(xmp, 'xmp:CreatorTool')].join(' ');
  return {
    mime: mimeOf(format),
    stored: blocks,
    exif,
    xmp,
    iptc: blocks.iptc === null ? null : readIptc(blocks.iptc, software),
    text: blocks.text,
    maker: makerNotes && lacksSomething(exif) ? await factsOfNote(source, blocks) : { lens: null, iso: null },
  };
}

function lacksSomething(exif: ExifTags): boolean {
  return exif.LensModel === undefined || exif.ISOSpeedRatings === undefined;
}

/** The note's offsets count in the structure that the camera wrote: that of the file, or the block inside it. */
async function factsOfNote(source: ByteSource, { format, exif }: PhotoBlocks): Promise<MakerFacts> {
  if (format === 'tiff' || isTiffRaw(format)) return await readMakerFacts(source);
  return await readMakerFacts(bufferSource(exif ?? new Uint8Array()));
}

function unsupported(name: string): IngestError {
  if (needsExiftool(name)) {
    return new IngestError('UNSUPPORTED_FORMAT', `${name} is a film or a photo of a rare format, which only exiftool reads.`, {
      remedy: 'Switch exiftool on.',
    });
  }
  return new IngestError(
    'UNSUPPORTED_FORMAT',
    `${name} holds no photo, whatever it is called: its first bytes are of no image format that photoorg reads.`,
  );
}
