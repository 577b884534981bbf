import type { Sharp } from 'sharp';
import type { TakenPicture } from '../exiftool/taken-picture.ts';
import { giveBack } from '../files/give-back.ts';
import type { IngestError } from '../model/ingest-error.ts';
import { decodeImage } from './decode-image.ts';
import { fitInside } from './fit-inside.ts';
import { isOneColour, previewOf } from './image-preview.ts';
import type { HeldFile, ImageInput } from './open-picture.ts';
import { perceptualHashOf } from './perceptual-hash.ts';
import { placeholderOf } from './placeholder.ts';
import { encodeThumbnail } from './render-thumbnail.ts';
import type { RgbPixels } from './rgb-pixels.ts';
import { sharpOfPixels } from './safe-sharp.ts';

export interface LookAtPhotoOptions {
  /** Longest sides of the thumbnails to render; none by default. */
  thumbnailSizes?: readonly number[];
  /** Given the pixels of a photo that other decoders cannot read from its file (HEIC, RAW); they count against the limits until it is done, and are gone then. */
  onPixels?: ((pixels: RgbPixels, look: PhotoLook) => Promise<void>) | undefined;
  signal?: AbortSignal | undefined;
}

/** Everything that is made of a photo's pixels. */
export interface PhotoLook {
  /** 64-bit perceptual hash. */
  phash: bigint;
  /** ThumbHash bytes. */
  thumbhash: Uint8Array;
  /** WebP by longest side. */
  thumbnails: Map<number, Uint8Array>;
  /** Why all of this is of a part of the photo, or of its thumbnail. */
  damage: IngestError | null;
}

/** Decodes a photo once for its hash, its placeholder and its thumbnails: the largest from the file, all else from that. */
export async function lookAtPhoto(
  input: ImageInput | HeldFile | TakenPicture,
  options: LookAtPhotoOptions = {},
): Promise<PhotoLook> {
  const { thumbnailSizes = [], onPixels, signal } = options;
  const failures: unknown[] = [];
  const look = await decodeImage(
    input,
    async ({ sharp, pixels, damage }) => {
      const seen = await lookAt(sharp, thumbnailSizes, damage);
      if (pixels !== null) {
        // What fails there is not the photo's fault.
        await onPixels?.(pixels, seen).catch((error: unknown) => failures.push(error));
        giveBack(pixels.data);
      }
      return seen;
    },
    { wantsPixels: onPixels !== undefined, signal },
  );
  if (failures.length > 0) throw failures[0];
  return look;
}

async function lookAt(upright: Sharp, thumbnailSizes: readonly number[], damage: IngestError | null): Promise<PhotoLook> {
  const sizes = thumbnailSizes.toSorted((a, b) => b - a);
  const [largest] = sizes;
  using held = largest === undefined ? null : await heldAt(largest, upright);
  const open = held?.open ?? (() => upright);
  const thumbnails = new Map<number, Uint8Array>();
  for (const size of sizes) thumbnails.set(size, await encodeThumbnail(size === largest ? open() : fitInside(open(), size)));
  const preview = await previewOf(open());
  // Decoders paint what is missing in one colour.
  if (damage !== null && isOneColour(preview)) throw damage;
  return { damage, phash: perceptualHashOf(preview), thumbhash: placeholderOf(preview), thumbnails };
}

interface HeldImage extends Disposable {
  open: () => Sharp;
}

/** A copy of the image in memory, to be opened as often as needed. */
async function heldAt(size: number, image: Sharp): Promise<HeldImage> {
  const small = fitInside(image, size).toColourspace('srgb').raw({ depth: 'uchar' });
  const { data, info } = await small.toBuffer({ resolveWithObject: true });
  return {
    open: () => sharpOfPixels(data, info.width, info.height, info.channels),
    [Symbol.dispose]: () => giveBack(data),
  };
}
