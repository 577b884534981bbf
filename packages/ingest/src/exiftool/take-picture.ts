import { Buffer } from 'node:buffer';
import { bufferSource } from '../files/byte-source.ts';
import { displayPath, type PhotoPath } from '../files/photo-path.ts';
import { readJpegFrame } from '../formats/jpeg-frame.ts';
import { IngestError } from '../model/ingest-error.ts';
import type { PhotoMetadata } from '../model/scanned-photo.ts';
import type { Exiftool, ExiftoolTags } from './exiftool.ts';
import { binaryBytes } from './find-tag.ts';
import type { TakenPicture } from './taken-picture.ts';

/** What exiftool calls the pictures inside films and RAW files. */
const PICTURE_TAG = /:(JpgFromRaw2?|PreviewImage|OtherImage|PhotoshopThumbnail|ThumbnailImage|CoverArt)$/;

/** Bytes of a picture; it is in memory several times, as text, here and in exiftool. The JPEG of 50 MP has 25 MB. */
const MAX_PICTURE_BYTES = 32 * 1024 * 1024;

/** Pictures of one file that are tried, the longest first. */
const MAX_CANDIDATES = 3;

/**
 * Takes the largest JPEG out of a photo or a film.
 *
 * @param tags what exiftool says of the file
 * @param shown how the file itself is to be shown
 * @throws {IngestError} `UNSUPPORTED_FORMAT` where there is none, and as {@link Exiftool.read}
 */
export async function takePicture(
  exiftool: Exiftool,
  file: PhotoPath,
  tags: ExiftoolTags,
  shown: Pick<PhotoMetadata, 'width' | 'height' | 'appliedOrientation'>,
  signal?: AbortSignal,
): Promise<TakenPicture> {
  const name = displayPath(file);
  const candidates = Object.entries(tags)
    .map(([tag, value]) => ({ tag, bytes: PICTURE_TAG.test(tag) ? binaryBytes(value) : 0 }))
    .filter(({ bytes }) => bytes > 0 && bytes <= MAX_PICTURE_BYTES)
    .toSorted((a, b) => b.bytes - a.bytes);
  for (const { tag } of candidates.slice(0, MAX_CANDIDATES)) {
    const { [tag]: value } = await exiftool.read(file, ['-b', `-${tag}`], signal);
    const jpeg = typeof value === 'string' && value.startsWith(BASE64) ? Buffer.from(value.slice(BASE64.length), 'base64') : null;
    const frame = jpeg && (await readJpegFrame(bufferSource(jpeg)));
    if (jpeg && frame && frame.bits === 8 && !frame.isLossless) return { name, jpeg, orientation: turnOf(frame, shown) };
  }
  throw new IngestError(
    'UNSUPPORTED_FORMAT',
    `${name} holds no picture that can be shown: it is a film without a cover, or a photo without a preview. All else of it is indexed.`,
  );
}

const BASE64 = 'base64:';

/** A preview is turned as its file is, unless it stands upright already, as its shape tells: covers do, and what programs put into films. */
function turnOf(
  preview: { width: number; height: number },
  { width, height, appliedOrientation }: Pick<PhotoMetadata, 'width' | 'height' | 'appliedOrientation'>,
): number {
  const isTurned = appliedOrientation >= 5 && width !== height;
  return isTurned && preview.width > preview.height === width > height ? 1 : appliedOrientation;
}
