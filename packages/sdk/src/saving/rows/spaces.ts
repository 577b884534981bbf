import { InvalidInputError } from '../../errors/invalid-input-error.ts';
import { NotFoundError } from '../../errors/not-found-error.ts';
import { SpaceMismatchError } from '../../errors/space-mismatch-error.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import type { EmbeddingSpace, EmbeddingSpaceToSave } from '../../model/embedding-space.ts';
import { isUuid } from '../../values/is-uuid.ts';
import { newId } from '../../values/new-id.ts';

const identity = ['model', 'model_version', 'weights_sha256', 'alignment', 'dimension', 'metric', 'quantisation'] as const;

/** The id of the space, made when new. Throws SpaceMismatchError when its name stands for something else. */
export async function ensureSpace(context: LibraryContext, space: EmbeddingSpaceToSave): Promise<string> {
  const { embeddingDimension } = context.settings;
  if (embeddingDimension !== null && embeddingDimension !== space.dimension) {
    throw new SpaceMismatchError(
      `The library is set to vectors of ${embeddingDimension} numbers; space '${space.name}' has ${space.dimension}.`,
      {
        remedy: `Set EMBEDDING_DIM (embeddingDimension) to ${space.dimension}, or leave it unset.`,
      },
    );
  }
  const row = {
    name: space.name,
    model: space.model,
    model_version: space.modelVersion,
    weights_sha256: space.weightsSha256,
    alignment: space.alignment,
    dimension: space.dimension,
    metric: space.metric,
    quantisation: space.quantisation,
    same_person_distance: checkDistance(space.samePersonDistance),
  };
  const find = () => context.db.selectFrom('embedding_spaces').selectAll().where('name', '=', space.name).executeTakeFirst();
  let found = await find();
  if (!found) {
    await context.db
      .insertInto('embedding_spaces')
      .values({ space_id: newId(), ...row })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute();
    found = (await find())!;
  }
  for (const column of identity) {
    if (found[column] === row[column]) continue;
    throw new SpaceMismatchError(
      `The embedding space '${space.name}' is stored with ${column} '${found[column]}', but this model says '${row[column]}'.`,
      { remedy: 'Vectors of different models cannot be compared: give the new model a space name of its own.' },
    );
  }
  await activateFirst(context, found.space_id);
  return found.space_id;
}

/** The first space of a library serves it. */
async function activateFirst(context: LibraryContext, spaceId: string): Promise<void> {
  await context.db
    .insertInto('active_spaces')
    .values({ library_id: context.libraryId, space_id: spaceId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** @throws NotFoundError (SPACE_NOT_FOUND) */
export async function getSpace(context: LibraryContext, nameOrId: string): Promise<EmbeddingSpace> {
  const row = await context.db
    .selectFrom('embedding_spaces')
    .select(['space_id as spaceId', 'name', 'dimension', 'model', 'quantisation'])
    .where(isUuid(nameOrId) ? 'space_id' : 'name', '=', nameOrId)
    .executeTakeFirst();
  if (!row) throw new NotFoundError('space', nameOrId);
  return row;
}

function checkDistance(distance: number | undefined): number | null {
  if (distance === undefined) return null;
  if (!(distance > 0 && Number.isFinite(distance)))
    throw InvalidInputError.expected('a distance above 0', 'samePersonDistance', distance);
  return distance;
}
