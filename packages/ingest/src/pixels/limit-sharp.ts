import sharp from 'sharp';

/** Loaders for photos. All others stay shut: SVG opens files and URLs, PDF and ImageMagick formats bring parsers of their own. */
const PHOTO_LOADERS = [
  'VipsForeignLoadJpeg',
  'VipsForeignLoadPng',
  'VipsForeignLoadWebp',
  'VipsForeignLoadHeif',
  'VipsForeignLoadTiff',
  'VipsForeignLoadNsgif',
];

/**
 * Sets sharp, in this whole process, to decode photos and nothing else: for a program whose main work that is, such as `photoorg ingest`. It saves
 * memory, and is a second lock beside the recognition of formats; nothing of ingest needs it. A program that draws SVG or keeps sharp's cache for
 * work of its own leaves it alone.
 *
 * @example
 * ```ts
 * limitSharp();
 * for await (const item of scanPhotos({ root: '/photos' })) console.log(item.kind);
 * ```
 */
export function limitSharp(): void {
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: PHOTO_LOADERS });
  // Every photo is decoded once: a cache of operations holds memory and finds nothing.
  sharp.cache(false);
  // Photos are decoded side by side. Threads for each of them besides make none faster, and take 90 MB: glibc gives every thread memory of its own.
  sharp.concurrency(1);
}
