import { type Selectable, sql } from 'kysely';
import type { Photo } from '../model/photos.ts';
import { type FieldOf, PHOTO_COLUMNS, type Read, type ShownColumnName } from '../schema/photo-columns.ts';
import type { PhotosTable } from '../schema/tables.ts';

/** The columns that a Photo is made of, each with the path of its field. */
const shown = Object.entries(PHOTO_COLUMNS).flatMap(([name, column]) => {
  if (!('field' in column)) return [];
  const read = 'read' in column ? (column.read as (stored: unknown) => unknown) : undefined;
  const [field, part] = column.field.split('.') as [string, string?];
  return [{ name: name as ShownColumnName, field, part, read }];
});

/** All but the wide ones. */
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
  const fields: Record<string, unknown> = {};
  for (const { name, field, part, read } of shown) {
    const value = read ? read(row[name]) : row[name];
    if (part === undefined) fields[field] = value;
    else fields[field] = Object.assign(fields[field] ?? {}, { [part]: value });
  }
  return fields as ShownFields;
}

/** The sort key as text: a cursor must come back exactly, down to the microsecond. */
export const sortTimeText = sql<string>`photos.sort_ts::text`;
