import { lockIdentity } from '../../identity/change-identity.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import type { SavedPhoto } from '../../model/photos.ts';
import type { KnownFileToStore, PhotoToStore } from '../rows/photo-to-store.ts';
import { saveBatch } from '../save-photos.ts';
import { hasTakenOver } from './has-taken-over.ts';
import type { ReadRegions } from './read-regions.ts';
import { takeOverRegions } from './take-over-regions.ts';

export interface PhotoWithRegions extends PhotoToStore {
  /** null: regions were not read. */
  readonly regions: ReadRegions | null;
}

interface SaveOptions {
  runId: string;
  knownFiles: readonly KnownFileToStore[];
  heldContents: ReadonlySet<string>;
}

/**
 * Stores a batch as `savePhotos` does, and takes over what its files say of who is where; all of it in one transaction. A batch that
 * names faces, or of whose photos faces were named so, waits for whoever is labelling: the identity lock comes before those on photos and faces, or the
 * two could deadlock.
 */
export async function savePhotosAndRegions(
  context: LibraryContext,
  photos: readonly PhotoWithRegions[],
  options: SaveOptions,
): Promise<SavedPhoto[]> {
  return context.transaction(async (transaction) => {
    const saysNames = photos.some(({ regions }) => regions && regions.regions.length > 0);
    const knownSaysNames = options.knownFiles.some(({ namedRegions }) => namedRegions && namedRegions.length > 0);
    const files = [...photos.map(({ photo }) => photo), ...options.knownFiles];
    if (saysNames || knownSaysNames || (await hasTakenOver(transaction, files))) await lockIdentity(transaction);
    const withNames = photos.map((photo) => ({
      ...photo,
      namedRegions: photo.regions?.regions.map(({ region }) => region),
    }));
    const { saved, touched } = await saveBatch(transaction, withNames, options);
    const read = photos.flatMap(({ regions }, index) => (regions ? [{ photoId: saved[index]!.photoId, read: regions }] : []));
    const named = await takeOverRegions(transaction, touched, read, options.runId);
    return saved.map((photo) =>
      photo.status === 'known' && named.has(photo.photoId) ? { ...photo, status: 'updated' as const } : photo,
    );
  });
}
