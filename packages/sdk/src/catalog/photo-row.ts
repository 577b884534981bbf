import { type Selectable, sql } from 'kysely';
import type { Photo } from '../model/photos.ts';
import type { FieldOf, Read, ShownColumnName } from '../schema/photo-columns.ts';
import type { PhotosTable } from '../schema/tables.ts';
import { readColumns, shownColumns } from './shown-columns.ts';

const shown = shownColumns<ShownColumnName>('field');

/** The columns that a Photo is made of: all but the wide ones. */
export const photoColumns = shown.map(({ name }) => `photos.${name}` as const);

type PhotoRow = Pick<Selectable<PhotosTable>, ShownColumnName>;

/** What the columns make. It fits `Photo` only when each of its fields has a column. */
type ShownFields = { [Name in ShownColumnName as Exclude<FieldOf<Name>, `${string}.${string}`>]: Read<Name> } & {
  [Group in GroupOf<FieldOf<ShownColumnName>>]: {
    [Name in ShownColumnName as FieldOf<Name> extends `${Group}.${infer Part}` ? Part : never]: Read<Name>;
  };
};
type GroupOf<Field> = Field extends `${infer Group}.${string}` ? Group : never;

export function toPhoto(row: PhotoRow): Photo {
  return readColumns(row, shown) as ShownFields;
}

/** The sort key as text: a cursor must come back exactly, down to the microsecond. */
export const sortTimeText = sql<string>`photos.sort_ts::text`;
