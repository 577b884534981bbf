import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CACHE_FOLDER_SIGNATURE, CACHE_FOLDER_TAG } from '../files/cache-folder.ts';
import type { ImageInput } from './open-picture.ts';
import { renderThumbnail } from './render-thumbnail.ts';

export interface ThumbnailCache {
  /**
   * The thumbnail of a photo, rendered at the first request.
   *
   * @param sha256 hash of the photo's content, 64 hex digits: photos that moved keep their thumbnails, photos that changed get new ones
   * @param source path, encoded image, or a function that gives either; read only when the thumbnail is not there
   * @param size longest side in pixels
   * @returns WebP bytes
   * @example
   * ```ts
   * const cache = createThumbnailCache({ folder: '.photoorg/thumbnails' });
   * const { sha256, path } = await library.photos.get(photoId);
   * const webp = await cache.get(sha256, path!, THUMBNAIL_PIXELS);
   * ```
   */
  get(sha256: string, source: ImageInput | (() => Promise<ImageInput>), size: number): Promise<Uint8Array>;
  /**
   * Those of the sizes for which the photo has no thumbnail here.
   *
   * @example
   * ```ts
   * for (const size of await cache.missing(sha256, [256, 512])) console.log(`${size} is to be rendered`);
   * ```
   */
  missing(sha256: string, sizes: readonly number[]): Promise<number[]>;
  /**
   * Keeps a thumbnail that was rendered elsewhere.
   *
   * @example
   * ```ts
   * await cache.put(sha256, await renderThumbnail('holiday.jpg', { size: 256 }), 256);
   * ```
   */
  put(sha256: string, webp: Uint8Array, size: number): Promise<void>;
}

/**
 * A folder of thumbnails named by what they show: `<sha256>-<size>.webp`. It is marked as a cache, so that no scan takes it for photos,
 * and only its owner can read it (0700, files 0600). Deleting it loses nothing.
 *
 * @example
 * ```ts
 * const cache = createThumbnailCache({ folder: '.photoorg/thumbnails' });
 * const { sha256 } = await library.photos.get(photoId);
 * const webp = await cache.get(sha256, '/photos/holiday.jpg', 512);
 * ```
 */
export function createThumbnailCache({ folder }: { folder: string }): ThumbnailCache {
  const rendering = new Map<string, Promise<Uint8Array>>();
  let prepared: Promise<void> | undefined;

  const put = async (sha256: string, webp: Uint8Array, size: number) => {
    const path = pathIn(folder, sha256, size);
    prepared ??= prepare(folder);
    await prepared;
    await writeAtomically(path, webp);
  };
  const render = async (sha256: string, source: ImageInput | (() => Promise<ImageInput>), size: number) => {
    const bytes = await renderThumbnail(typeof source === 'function' ? await source() : source, { size });
    await put(sha256, bytes, size);
    return bytes;
  };

  return {
    put,
    async get(sha256, source, size) {
      const path = pathIn(folder, sha256, size);
      const known = await readFile(path).catch(() => null);
      if (known !== null && known.length > 0) return known;
      const running = rendering.get(path) ?? render(sha256, source, size).finally(() => rendering.delete(path));
      rendering.set(path, running);
      return await running;
    },
    async missing(sha256, sizes) {
      const present = await Promise.all(sizes.map((size) => isFilled(pathIn(folder, sha256, size))));
      return sizes.filter((_, index) => !present[index]);
    },
  };
}

function pathIn(folder: string, sha256: string, size: number): string {
  if (!/^[0-9a-f]{64}$/.test(sha256))
    throw new TypeError(`Expected 64 lower-case hex digits for sha256 but received ${JSON.stringify(sha256)}.`);
  if (!Number.isInteger(size) || size < 1) throw new TypeError(`Expected a positive integer for size but received ${size}.`);
  return join(folder, `${sha256}-${size}.webp`);
}

async function isFilled(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => null);
  return stats !== null && stats.size > 0;
}

async function prepare(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeAtomically(
    join(folder, CACHE_FOLDER_TAG),
    Buffer.from(`${CACHE_FOLDER_SIGNATURE}\n# Thumbnails of photoorg. https://bford.info/cachedir/\n`),
  );
}

/** A reader sees the whole file or none, also after a crash. */
async function writeAtomically(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
