import { sql } from 'kysely';
import { NotFoundError } from '../../errors/not-found-error.ts';
import { SpaceMismatchError } from '../../errors/space-mismatch-error.ts';
import type { LibraryContext } from '../../library/library-context.ts';
import type { EmbeddingSpace, EmbeddingSpaces, EmbeddingSpaceToSave } from '../../model/embedding-spaces.ts';
import { isUuid } from '../../values/is-uuid.ts';
import { newId } from '../../values/new-id.ts';

/** The embedding spaces of a database. */
export function createEmbeddingSpaces(context: LibraryContext): EmbeddingSpaces {
  return {
    ensure: async (space) => ({ spaceId: await ensureSpace(context, space) }),
    list: () => listSpaces(context),
    get: (nameOrId) => getSpace(context, nameOrId),
  };
}

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
  return found.space_id;
}

async function listSpaces(context: LibraryContext): Promise<(EmbeddingSpace & { faces: number })[]> {
  const { rows } = await sql<EmbeddingSpace & { faces: number }>`
    SELECT s.space_id AS "spaceId", s.name, s.dimension,
      (SELECT count(*)::int FROM face_embeddings e WHERE e.space_id = s.space_id AND e.library_id = ${context.libraryId}) AS faces
    FROM embedding_spaces s
    ORDER BY s.space_id`.execute(context.db);
  return rows;
}

async function getSpace(context: LibraryContext, nameOrId: string): Promise<EmbeddingSpace> {
  const row = await context.db
    .selectFrom('embedding_spaces')
    .select(['space_id as spaceId', 'name', 'dimension'])
    .where(isUuid(nameOrId) ? 'space_id' : 'name', '=', nameOrId)
    .executeTakeFirst();
  if (!row) throw new NotFoundError('space', nameOrId);
  return row;
}
