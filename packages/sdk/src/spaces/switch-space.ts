import { sql } from 'kysely';
import { ConflictError } from '../errors/conflict-error.ts';
import { NotFoundError } from '../errors/not-found-error.ts';
import { checkActor, lockIdentity } from '../identity/change-identity.ts';
import { activeSpace } from '../library/active-space.ts';
import type { LibraryContext } from '../library/library-context.ts';
import type { EmbeddingSpaces, SpaceSwitch } from '../model/embedding-spaces.ts';
import { getSpace } from '../saving/rows/spaces.ts';
import { newId } from '../values/new-id.ts';
import { refuseUnknown } from '../values/refuse-unknown.ts';
import { measureScale } from './measure-scale.ts';

type UseOptions = Parameters<EmbeddingSpaces['use']>[0];

/** Lets a space serve. */
export async function switchSpace(context: LibraryContext, options: UseOptions): Promise<SpaceSwitch> {
  refuseUnknown<UseOptions>(options, { space: true, incomplete: true, actor: true }, 'the options of spaces.use');
  const { space, incomplete = false, actor } = options;
  const cleanActor = checkActor(actor);
  return context.transaction(async (transaction) => {
    await lockIdentity(transaction);
    const target = await getSpace(transaction, space);
    const unseen = await countUnseen(transaction, target.spaceId);
    if (unseen > 0 && !incomplete) {
      throw new ConflictError(
        'SPACE_INCOMPLETE',
        `${unseen} labelled faces have no vector in '${target.name}': nothing would be like them.`,
        {
          remedy: 'Fill the space first, or allow it to be incomplete.',
          details: { faces: unseen },
        },
      );
    }
    return await serveFrom(transaction, target.spaceId, { actor: cleanActor, undoes: null });
  });
}

/** Takes back the last switch to another space that was not taken back. It may leave faces out of sight that came since: that they are there is known of the space before. */
export async function rollBackSpace(context: LibraryContext, { actor }: { actor: string }): Promise<SpaceSwitch> {
  const cleanActor = checkActor(actor);
  return context.transaction(async (transaction) => {
    await lockIdentity(transaction);
    const { rows } = await sql<{ switch_id: string; from_space_id: string }>`
      SELECT switch_id, from_space_id FROM space_switches last
      WHERE library_id = ${context.libraryId} AND undoes IS NULL AND from_space_id IS NOT NULL AND from_space_id <> to_space_id
        AND NOT EXISTS (SELECT FROM space_switches later WHERE later.undoes = last.switch_id)
      ORDER BY switch_id DESC LIMIT 1`.execute(transaction.db);
    const [last] = rows;
    if (!last)
      throw new NotFoundError('space', 'before', { remedy: 'No switch is left to take back: choose a space with spaces.use.' });
    return await serveFrom(transaction, last.from_space_id, { actor: cleanActor, undoes: last.switch_id });
  });
}

export async function listSwitches(context: LibraryContext): Promise<SpaceSwitch[]> {
  const { rows } = await sql<SpaceSwitch>`
    SELECT switch_id AS "switchId", origin.name AS "from", target.name AS "to", actor, undoes, change.created_ts AS "createdAt"
    FROM space_switches change JOIN embedding_spaces target ON target.space_id = to_space_id
    LEFT JOIN embedding_spaces origin ON origin.space_id = from_space_id
    WHERE library_id = ${context.libraryId} ORDER BY switch_id DESC`.execute(context.db);
  return rows;
}

async function serveFrom(
  context: LibraryContext,
  spaceId: string,
  { actor, undoes }: { actor: string; undoes: string | null },
): Promise<SpaceSwitch> {
  const { db, libraryId } = context;
  const serving = await activeSpace(context);
  if (serving && !(await hasServed(context, spaceId))) {
    const measured = await measureScale(context, serving, spaceId);
    if (measured)
      await db
        .insertInto('space_scales')
        .values({ library_id: libraryId, space_id: spaceId, ...measured })
        .execute();
  }
  await db
    .insertInto('active_spaces')
    .values({ library_id: libraryId, space_id: spaceId })
    .onConflict((conflict) => conflict.column('library_id').doUpdateSet({ space_id: spaceId }))
    .execute();
  await db
    .insertInto('space_switches')
    .values({
      switch_id: newId(),
      library_id: libraryId,
      from_space_id: serving?.spaceId ?? null,
      to_space_id: spaceId,
      actor,
      undoes,
    })
    .execute();
  return (await listSwitches(context))[0]!;
}

/** A space that served before keeps its scale, so that going back is going back. */
async function hasServed({ db, libraryId }: LibraryContext, spaceId: string): Promise<boolean> {
  const { rows } = await sql`
    SELECT FROM active_spaces WHERE library_id = ${libraryId} AND space_id = ${spaceId}
    UNION ALL
    SELECT FROM space_switches WHERE library_id = ${libraryId} AND ${spaceId} IN (from_space_id, to_space_id)`.execute(db);
  return rows.length > 0;
}

/** Labelled faces that the space does not know; those of deleted photos are evidence for nobody, and no fill embeds them. */
async function countUnseen({ db, libraryId }: LibraryContext, spaceId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM face_labels label
    WHERE library_id = ${libraryId} AND label_source <> 'model_guess'
      AND photo_id NOT IN (SELECT photo_id FROM photos WHERE deleted_ts IS NOT NULL)
      AND EXISTS (SELECT FROM face_embeddings any_space WHERE any_space.face_id = label.face_id)
      AND NOT EXISTS (SELECT FROM face_embeddings e WHERE e.face_id = label.face_id AND e.space_id = ${spaceId})`.execute(db);
  return rows[0]!.count;
}
