import { NotFoundError } from '../../errors/not-found-error.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import { isUuid } from '../../values/is-uuid.ts';

/** PERSON_NOT_FOUND; of somebody who was removed it says by whom, and what brings them back. */
export async function personNotFound(context: LibraryContext, personId: string): Promise<NotFoundError> {
  const last = isUuid(personId)
    ? await context.db
        .selectFrom('identity_events')
        .select(['kind', 'actor', 'batch_id', 'created_ts'])
        .where('library_id', '=', context.libraryId)
        .where('person_id', '=', personId)
        .where('face_id', 'is', null)
        .orderBy('seq', 'desc')
        .limit(1)
        .executeTakeFirst()
    : undefined;
  if (last?.kind !== 'person_removed') return new NotFoundError('person', personId);
  return new NotFoundError('person', personId, {
    remedy: `'${last.actor}' removed them on ${last.created_ts.toISOString()}; undo the change ${last.batch_id} to have them back.`,
  });
}
