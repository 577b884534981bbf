import { InvalidInputError } from '../errors/invalid-input-error.ts';
import type { PhotoLibrary } from '../model/photo-library.ts';
import type { LibraryContext } from './library-context.ts';

const contexts = new WeakMap<PhotoLibrary, LibraryContext>();

/** Lets the package's own flows reach below the public surface of a library. */
export function rememberContext(library: PhotoLibrary, context: LibraryContext): void {
  contexts.set(library, context);
}

/** The context of a library that `openPhotoLibrary` gave. */
export function contextOf(library: PhotoLibrary): LibraryContext {
  const context = contexts.get(library);
  if (!context) throw InvalidInputError.expected('a library opened with openPhotoLibrary', 'library', library);
  return context;
}
