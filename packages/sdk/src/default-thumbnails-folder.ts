import { homedir } from 'node:os';
import { join } from 'node:path';
import type { PhotoLibrary } from './model/photo-library.ts';

/**
 * Where a library's rendered photos are kept unless said otherwise, so that what one program renders serves all: beside the embedded database, in
 * the folder that nobody else may read; for a database server, in the user's cache.
 *
 * @example
 * ```ts
 * const cache = createThumbnailCache({ folder: defaultThumbnailsFolder(library) });
 * ```
 */
export function defaultThumbnailsFolder({ database }: PhotoLibrary): string {
  if (database.kind === 'embedded') return join(database.location, 'thumbnails');
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'photoorg', 'thumbnails');
}
