import type { Exiftool } from '@photoorg/ingest';
import type { PhotoLibrary, ScanPhotos } from '@photoorg/sdk';

/** A scan that renders the thumbnails which the page and the API show, where those look for them. */
export async function scanWithThumbnails(
  library: PhotoLibrary,
  folder: string | undefined,
  { order = 'path', exiftool }: { order?: 'path' | 'newest'; exiftool: Exiftool | undefined },
): Promise<ScanPhotos> {
  const { createThumbnailCache, scanPhotos } = await import('@photoorg/ingest');
  const { defaultThumbnailsFolder } = await import('@photoorg/sdk');
  const cache = createThumbnailCache({ folder: folder ?? defaultThumbnailsFolder(library) });
  return (options) => scanPhotos({ ...options, order, exiftool, thumbnails: { cache } });
}
