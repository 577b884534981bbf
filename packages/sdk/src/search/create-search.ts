import type { LibraryContext } from '../library/library-context.ts';
import type { Search } from '../model/search.ts';
import { findSimilarFaces } from './find-similar-faces.ts';
import { searchLibrary } from './search-library.ts';

/** Finding faces by their likeness, and photos and people by words. */
export function createSearch(context: LibraryContext): Search {
  return {
    similarFaces: (options) => findSimilarFaces(context, options),
    search: (options) => searchLibrary(context, options),
  };
}
