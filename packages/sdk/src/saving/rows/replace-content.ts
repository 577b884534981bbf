import { sql } from 'kysely';
import type { LibraryContext } from '../../library/library-context.ts';
import { savedColumns } from '../../schema/saved-columns.ts';
import type { PreparedPhoto } from './prepare-photo.ts';
import { scaleFaces } from './scale-faces.ts';

const fileFacts = savedColumns.filter(({ fact }) => fact === 'file').map(({ name }) => name);
const fileColumns = sql.raw(fileFacts.join(', '));

/**
 * Gives a photo the content of another file, with the facts of that file: those of the one it was have nothing to say any more. Its faces
 * stay at their places in the picture, and marked ones are looked for anew. `size` is that of the former picture, in pixels.
 */
export async function replaceContent(
  context: LibraryContext,
  photoId: string,
  size: { width: number; height: number },
  photo: PreparedPhoto,
): Promise<void> {
  const facts = JSON.stringify(Object.fromEntries(fileFacts.map((name) => [name, photo.columns[name]])));
  await sql`
    UPDATE photos SET sha256 = decode(${photo.sha256}, 'hex'), regions_read_ts = NULL,
      (${fileColumns}) = (SELECT ${fileColumns} FROM jsonb_populate_record(NULL::photos, ${facts}::jsonb))
    WHERE photo_id = ${photoId}`.execute(context.db);
  await scaleFaces(context, photoId, size, photo);
}
