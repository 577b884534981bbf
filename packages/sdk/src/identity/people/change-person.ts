import { ConflictError } from '../../errors/conflict-error.ts';
import { InvalidInputError } from '../../errors/invalid-input-error.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import type { LabelChange } from '../../model/labels.ts';
import { isUuid } from '../../values/is-uuid.ts';
import { changeIdentity } from '../change-identity.ts';
import type { IdentityChange, PersonState } from '../identity-change.ts';
import { personState } from '../replay.ts';
import { revisionOf } from '../revisions.ts';
import { unlessPersonChanged } from '../unless-changed.ts';
import { personNotFound } from './person-not-found.ts';

/** Stands for a caller who gives no name; a label can only be confirmed by someone who does. */
export const UNNAMED_ACTOR = 'unnamed';

/** Makes a person of that id. Throws InvalidInputError when the id is taken, in this library or another. */
export async function createPerson(
  context: LibraryContext,
  personId: string,
  fields: Pick<PersonState, 'displayName' | 'aliases' | 'birthDate'>,
  actor: string,
  batchId?: string,
): Promise<LabelChange> {
  const after = newPerson(fields);
  const decide = async ({ db }: LibraryContext): Promise<IdentityChange[]> => {
    const taken = await db.selectFrom('people').select('person_id').where('person_id', '=', personId).executeTakeFirst();
    if (taken) throw InvalidInputError.expected('an id that no person has yet', 'personId', personId);
    return [{ subject: 'person', personId: personId.toLowerCase(), before: null, after }];
  };
  return changeIdentity(context, actor, decide, batchId);
}

export function newPerson(fields: Pick<PersonState, 'displayName' | 'aliases' | 'birthDate'>): PersonState {
  return { ...fields, hidden: false, coverFaceId: null, mergedInto: null, createdAt: new Date().toISOString() };
}

/** Changes a person that was not merged into another; `decide` sees it as it stands. */
export async function changePerson(
  context: LibraryContext,
  personId: string,
  { actor, revision }: { actor: string; revision: string | undefined },
  decide: (person: PersonState, context: LibraryContext) => Promise<Partial<PersonState>>,
): Promise<LabelChange> {
  const decideAll = async (transaction: LibraryContext): Promise<IdentityChange[]> => {
    const before = await readUnmerged(transaction, personId);
    const after = { ...before, ...(await decide(before, transaction)) };
    return [{ subject: 'person', personId: personId.toLowerCase(), before, after }];
  };
  return changeIdentity(context, actor, unlessPersonChanged(revisionOf(personId, revision), decideAll));
}

/** Throws NotFoundError, and ConflictError (PERSON_MERGED) for one that was merged into another. */
export async function readUnmerged(context: LibraryContext, personId: string): Promise<PersonState> {
  const row = isUuid(personId)
    ? await context.db
        .selectFrom('people')
        .selectAll()
        .where('library_id', '=', context.libraryId)
        .where('person_id', '=', personId)
        .executeTakeFirst()
    : undefined;
  if (!row) throw await personNotFound(context, personId);
  if (row.merged_into === null) return personState(row);
  throw new ConflictError('PERSON_MERGED', `'${row.display_name}' was merged into person ${row.merged_into}.`, {
    remedy: 'Use that person, or undo the merge first.',
    details: { personId: row.merged_into },
  });
}
