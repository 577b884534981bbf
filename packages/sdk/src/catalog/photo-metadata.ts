import type { LibraryContext } from '../library/library-context.ts';
import type { StoredMetadata } from '../model/photos.ts';
import type { DetailColumnName, DetailOf, Read } from '../schema/photo-columns.ts';
import { isUuid } from '../values/is-uuid.ts';
import { readColumns, shownColumns } from './shown-columns.ts';

const details = shownColumns<DetailColumnName>('detail');
const detailColumns = details.map(({ name }) => `photos.${name}` as const);

/** What the columns make. It fits `StoredMetadata` only when each of its fields has a column. */
type Details = { [Name in DetailColumnName as DetailOf<Name>]: Read<Name> };

/** What was read of a photo and is too wide for every list; null when there is no such photo. */
export async function findMetadata(context: LibraryContext, photoId: string): Promise<StoredMetadata | null> {
  if (!isUuid(photoId)) return null;
  const row = await context.db
    .selectFrom('photos')
    .select(detailColumns)
    .where('photos.library_id', '=', context.libraryId)
    .where('deleted_ts', 'is', null)
    .where('photo_id', '=', photoId)
    .executeTakeFirst();
  return row ? (readColumns(row, details) as Details) : null;
}
