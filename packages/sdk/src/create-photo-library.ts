import type { OpenDatabase } from './database/open-database.ts';
import { createLabels } from './labelling/create-labels.ts';
import type { LibraryContext } from './library-context.ts';
import { rememberContext } from './library-internals.ts';
import type { DatabaseDescription, PhotoLibrary } from './model/photo-library.ts';
import { createPeople } from './people/create-people.ts';
import { createFaces } from './repositories/faces.ts';
import { createIngestRuns } from './repositories/ingest-runs.ts';
import { createPhotos } from './repositories/photos.ts';
import { createEmbeddingSpaces } from './repositories/spaces.ts';

/** Everything a library offers, on one context: an open database, or a transaction of it. */
export function createPhotoLibrary(
  context: LibraryContext,
  description: DatabaseDescription,
  database: OpenDatabase,
): PhotoLibrary {
  const close = () => database.close();
  const library = {
    libraryId: context.libraryId,
    database: description,
    photos: createPhotos(context),
    faces: createFaces(context),
    people: createPeople(context),
    labels: createLabels(context),
    runs: createIngestRuns(context),
    spaces: createEmbeddingSpaces(context),
    close,
    [Symbol.asyncDispose]: close,
  } as unknown as PhotoLibrary;
  rememberContext(library, context);
  return library;
}
