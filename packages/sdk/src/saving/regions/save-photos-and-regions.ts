import { lockIdentity } from '../../identity/change-identity.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import type { SavedPhoto } from '../../model/photos.ts';
import type { PhotoToStore } from '../rows/photo-to-store.ts';
import { savePhotos } from '../save-photos.ts';
import type { ReadRegions } from './read-regions.ts';
import { takeOverRegions } from './take-over-regions.ts';

export interface PhotoWithRegions extends PhotoToStore {
  /** null: regions were not read. */
  readonly regions: ReadRegions | null;
}

/**
 * Stores a batch as `savePhotos` does, and takes over what its files say of who is where; all of it in one transaction. A batch that
 * names faces waits for whoever is labelling: the identity lock comes before those on photos and faces, or the two could deadlock.
 */
export async function savePhotosAndRegions(
  context: LibraryContext,
  photos: readonly PhotoWithRegions[],
  options: Parameters<typeof savePhotos>[2] & { runId: string },
): Promise<SavedPhoto[]> {
  return context.transaction(async (transaction) => {
    if (photos.some(({ regions }) => regions && regions.regions.length > 0)) await lockIdentity(transaction);
    const saved = await savePhotos(transaction, photos, options);
    const read = photos.flatMap(({ photo, regions }, index) =>
      regions ? [{ photoId: saved[index]!.photoId, folder: folderOf(photo.file), read: regions }] : [],
    );
    const named = await takeOverRegions(transaction, read, options.runId);
    return saved.map((photo) =>
      photo.status === 'known' && named.has(photo.photoId) ? { ...photo, status: 'updated' as const } : photo,
    );
  });
}

function folderOf(file: { root: string; path: string } | null): string {
  const path = file === null ? '' : `${file.root.replace(/\/$/, '')}/${file.path}`;
  return path.slice(0, path.lastIndexOf('/') + 1);
}
