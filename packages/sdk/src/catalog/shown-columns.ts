import { PHOTO_COLUMNS, type PhotoColumnName } from '../schema/photo-columns.ts';

/** A column, and where its value goes in an object that programs see. */
export interface ShownColumn<Name extends PhotoColumnName> {
  readonly name: Name;
  readonly field: string;
  /** Its name in the object that the field is. */
  readonly part: string | undefined;
  readonly read: ((stored: unknown) => unknown) | undefined;
}

/** The columns whose entry names a field of `Photo`, or a detail of its metadata. */
export function shownColumns<Name extends PhotoColumnName>(key: 'field' | 'detail'): ShownColumn<Name>[] {
  return Object.entries(PHOTO_COLUMNS).flatMap(
    ([name, column]: [string, { field?: string; detail?: string; read?: unknown }]) => {
      if (column[key] === undefined) return [];
      const [field, part] = column[key].split('.') as [string, string?];
      return [{ name: name as Name, field, part, read: column.read as ShownColumn<Name>['read'] }];
    },
  );
}

export function readColumns<Name extends PhotoColumnName>(
  row: Readonly<Record<Name, unknown>>,
  columns: readonly ShownColumn<Name>[],
): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const { name, field, part, read } of columns) {
    const value = read ? read(row[name]) : row[name];
    if (part === undefined) fields[field] = value;
    else {
      fields[field] ??= {};
      (fields[field] as Record<string, unknown>)[part] = value;
    }
  }
  return fields;
}
