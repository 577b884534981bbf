import { createFiles } from './catalog/create-files.ts';
import { createFaces } from './catalog/faces.ts';
import { createIdempotency } from './catalog/idempotency.ts';
import { createIngestRuns } from './catalog/ingest-runs.ts';
import { createPhotos } from './catalog/photos.ts';
import type { OpenDatabase } from './database/common/database-handle.ts';
import { diagnoseLibrary } from './diagnose/diagnose-library.ts';
import { createDuplicates } from './duplicates/create-duplicates.ts';
import { createGroups } from './grouping/create-groups.ts';
import { createLabels } from './identity/labelling/create-labels.ts';
import { createPeople } from './identity/people/create-people.ts';
import type { LibraryContext } from './library/library-context.ts';
import { rememberContext } from './library/library-internals.ts';
import type { DatabaseDescription, PhotoLibrary } from './model/photo-library.ts';
import { placeNames } from './placing/place-names.ts';
import { reindexVectors } from './reindex/reindex-vectors.ts';
import { createReview } from './review/create-review.ts';
import { RANKING_TERMS } from './review/ranking-terms.ts';
import { createSearch } from './search/create-search.ts';
import { createEmbeddingSpaces } from './spaces/create-spaces.ts';

/** A library on a transaction is ended by its transaction. */
const LEFT_OPEN = { close: async () => {} };

/** Everything a library offers, on one context: an open database, or a transaction of it. */
export function createPhotoLibrary(
  context: LibraryContext,
  description: DatabaseDescription,
  database: Pick<OpenDatabase, 'close'>,
): PhotoLibrary {
  const close = () => database.close();
  const groups = createGroups(context);
  const library: PhotoLibrary = {
    libraryId: context.libraryId,
    database: description,
    photos: createPhotos(context),
    faces: createFaces(context),
    files: createFiles(context),
    duplicates: createDuplicates(context),
    people: createPeople(context),
    labels: createLabels(context),
    groups,
    search: createSearch(context),
    review: createReview(context, RANKING_TERMS, groups),
    runs: createIngestRuns(context),
    spaces: createEmbeddingSpaces(context),
    idempotency: createIdempotency(context, (transaction) => createPhotoLibrary(transaction, description, LEFT_OPEN)),
    placeNames: (options = {}) => placeNames(context, options),
    reindexVectors: (options = {}) => reindexVectors(context, description.kind, options),
    diagnose: (options = {}) => diagnoseLibrary(context, description, options),
    close,
    [Symbol.asyncDispose]: close,
  };
  rememberContext(library, context);
  return library;
}
