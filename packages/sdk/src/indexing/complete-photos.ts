import type { LibraryContext } from '../library/library-context.ts';
import type { FoundGazetteerLike, GazetteerLike } from '../model/index-photos.ts';
import { fillPlaces } from './fill-places.ts';
import { settleOffsets } from './settle-offsets.ts';

export interface CompletePhotosOptions {
  gazetteer: GazetteerLike | FoundGazetteerLike | undefined;
  signal: AbortSignal | undefined;
}

/**
 * Adds what a file by itself does not tell, from what the library holds already: the names of places, and the offsets of clocks by the
 * photos around. Doing it twice does no harm. Gives false when the signal ended it.
 */
export async function completePhotos(context: LibraryContext, { gazetteer, signal }: CompletePhotosOptions): Promise<boolean> {
  try {
    if (gazetteer) await fillPlaces(context, gazetteer, { signal });
    await settleOffsets(context, { signal });
    return true;
  } catch (error) {
    if (!signal?.aborted) throw error;
    return false;
  }
}
