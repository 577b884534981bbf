import type { Kysely } from 'kysely';
import type { Tables } from '../schema/tables.ts';
import { newId } from '../values/new-id.ts';

/** The id of the library of that name, made when new. Safe when several programs open it for the first time at once. */
export async function ensureLibrary(db: Kysely<Tables>, name: string): Promise<string> {
  const find = () => db.selectFrom('libraries').select('library_id').where('name', '=', name).executeTakeFirst();
  const found = await find();
  if (found) return found.library_id;
  await db
    .insertInto('libraries')
    .values({ library_id: newId(), name })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  return (await find())!.library_id;
}
