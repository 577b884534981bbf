import type { Sharp } from 'sharp';
import type { IngestError } from '../model/ingest-error.ts';
import { DECODE_TIMEOUT_SECONDS } from '../model/limits.ts';
import type { EncodedPicture } from './open-picture.ts';
import type { RgbPixels } from './rgb-pixels.ts';
import { openWithSharp } from './safe-sharp.ts';
import { pixelsOf, turnPixels, turnUpright } from './turn-upright.ts';
import { withProfile } from './with-profile.ts';

/** A photo that is being decoded, upright. */
export interface UprightImage {
  /** Decodes as it is read, where the format allows. */
  sharp: Sharp;
  /** Pixels of a photo that other decoders cannot read from its file (HEIC, RAW, damaged, very large); null for all others. */
  pixels: RgbPixels | null;
  /** Why this is not all of the photo: what is left of one that is damaged, or its thumbnail. */
  damage: IngestError | null;
}

/** Of a very large picture that is wanted for thumbnails alone, a quarter of the pixels in which faces would be looked for is enough. */
const SHRINK_FOR_THUMBNAILS = 2;

/** A picture inside another file is turned as that file says; pixels of it, and of one that others refuse, cannot be had from the file. */
export async function finishStored<T>(
  picture: EncodedPicture,
  { shrink, damage }: { shrink: number; damage: IngestError | null },
  finish: (upright: UprightImage) => Promise<T>,
  { wantsPixels = false }: { wantsPixels?: boolean },
): Promise<T> {
  const { source, orientation } = picture;
  if (shrink > 1) {
    const { pixels, icc } = await readPixels(picture, { shrink: wantsPixels ? shrink : shrink * SHRINK_FOR_THUMBNAILS, damage });
    return await finishPixels(pixels, { icc, damage }, finish);
  }
  if (wantsPixels && (orientation !== null || damage !== null)) {
    const { pixels, icc } = await readPixels(picture, { shrink, damage });
    return await finishPixels(pixels, { icc, damage }, finish);
  }
  const stored = openWithSharp(source, { isDamaged: damage !== null }).timeout({ seconds: DECODE_TIMEOUT_SECONDS });
  const sharp = orientation === null ? stored.autoOrient() : turnUpright(stored, orientation);
  return await finish({ sharp, pixels: null, damage });
}

/** Hands on pixels that were decoded already. */
export async function finishPixels<T>(
  pixels: RgbPixels,
  { icc, damage }: { icc: Uint8Array | undefined; damage: IngestError | null },
  finish: (upright: UprightImage) => Promise<T>,
): Promise<T> {
  using profiled = withProfile(pixels, icc);
  return await finish({ sharp: profiled.sharp.timeout({ seconds: DECODE_TIMEOUT_SECONDS }), pixels, damage });
}

/** The pixels as they are stored, which is how an analyzer of faces takes them from a file, and the profile that explains them. */
async function readPixels(
  { source, orientation }: EncodedPicture,
  { shrink, damage }: { shrink: number; damage: IngestError | null },
): Promise<{ pixels: RgbPixels; icc: Uint8Array | undefined }> {
  const stored = await openWithSharp(source, { isDamaged: true }).metadata();
  const image = openWithSharp(source, { isDamaged: damage !== null, ignoreIcc: true }).timeout({
    seconds: DECODE_TIMEOUT_SECONDS,
  });
  const [width, height] = [stored.width, stored.height].map((side) => Math.max(1, Math.round(side / shrink)));
  // Turned when it is small: before, all of it would have to be in memory.
  const pixels = await pixelsOf(shrink === 1 ? image : image.resize(width, height, { fit: 'fill' }));
  return {
    pixels: await turnPixels(pixels, orientation ?? stored.orientation ?? 1),
    icc: stored.space === 'srgb' ? stored.icc : undefined,
  };
}
