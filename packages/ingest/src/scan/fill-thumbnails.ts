import { Buffer } from 'node:buffer';
import { absolutePath } from '../files/photo-path.ts';
import { needsExiftool } from '../formats/sniff-format.ts';
import { IngestError } from '../model/ingest-error.ts';
import type { FileEntry } from '../model/scanned-photo.ts';
import { lookAtPhoto } from '../pixels/look-at-photo.ts';
import { THUMBNAIL_PIXELS } from '../pixels/render-thumbnail.ts';
import type { ScanPhotosOptions } from './scan-options.ts';

/** Renders the thumbnails that an unchanged photo has none of: it was indexed without, or the cache was deleted. */
export async function fillThumbnails(
  file: FileEntry,
  { thumbnails, contentOf, signal }: ScanPhotosOptions,
  during: (work: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const sha256 = thumbnails && !needsExiftool(file.path) && contentOf?.(file);
  if (!thumbnails || !sha256) return;
  const hash = Buffer.from(sha256).toString('hex');
  const thumbnailSizes = await thumbnails.cache.missing(hash, thumbnails.sizes ?? [THUMBNAIL_PIXELS]);
  if (thumbnailSizes.length === 0) return;
  await during(async () => {
    const picture = { pathBytes: absolutePath(file), content: null };
    const look = await lookAtPhoto(picture, { thumbnailSizes, signal }).catch((error: unknown) => {
      signal?.throwIfAborted();
      // Whoever shows the photo will be told.
      if (!IngestError.isInstance(error)) throw error;
    });
    for (const [size, webp] of look?.thumbnails ?? []) await thumbnails.cache.put(hash, webp, size).catch(() => {});
  });
}
