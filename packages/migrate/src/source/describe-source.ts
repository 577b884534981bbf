import type { DatabaseSync } from 'node:sqlite';
import type { SourceTable } from '../copy-report.ts';
import { MigrateError } from '../migrate-error.ts';
import { columnNames, customaryKeys, parentOf, requiredFields } from './column-names.ts';
import { quoteName } from './quote-name.ts';

/** How one table of the SQLite file is laid out. */
export interface TableLayout {
  table: SourceTable;
  /** The column that identifies a row; null when it has none and the rowid stands in. */
  keyColumn: string | null;
  /** Column by field; a field the table lacks is missing here. */
  columns: Readonly<Record<string, string>>;
  rows: number;
}

/** Layout of each table the file has; photos is always there. */
export type SourceLayout = Readonly<Partial<Record<SourceTable, TableLayout>>> & { readonly photos: TableLayout };

const tables: readonly SourceTable[] = ['people', 'photos', 'faces', 'face_labels'];

/**
 * Finds out which columns the tables have, what identifies a row and which column names a parent: by what SQLite says of the
 * table first, by customary names second, and `pkColumns` above both.
 */
export function describeSource(source: DatabaseSync, pkColumns: Readonly<Record<string, string>>): SourceLayout {
  const unknown = Object.keys(pkColumns).filter((name) => !tables.includes(name as SourceTable));
  if (unknown.length > 0) {
    throw new MigrateError('SQLITE_SCHEMA_UNKNOWN', `No table is called '${unknown.join("', '")}'.`, {
      remedy: `A primary key can be named for: ${tables.join(', ')}.`,
    });
  }
  const present = new Set(
    source
      .prepare("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")
      .all()
      .map((row) => String(row.name)),
  );
  const layouts: Partial<Record<SourceTable, TableLayout>> = {};
  for (const table of tables) if (present.has(table)) layouts[table] = describeTable(source, table, pkColumns[table]);
  if (!layouts.photos) {
    throw new MigrateError(
      'SQLITE_SCHEMA_UNKNOWN',
      `The file has no table 'photos' (it has: ${[...present].sort().join(', ') || 'none'}).`,
      {
        remedy: `Expected the tables ${tables.join(', ')}.`,
      },
    );
  }
  return { ...layouts, photos: layouts.photos };
}

function describeTable(source: DatabaseSync, table: SourceTable, namedKey: string | undefined): TableLayout {
  const info = source.prepare(`PRAGMA table_info(${quoteName(table)})`).all();
  const names = info.map((row) => String(row.name));
  const declaredKeys = info.filter((row) => Number(row.pk) > 0).map((row) => String(row.name));
  if (namedKey !== undefined && !names.includes(namedKey)) {
    throw new MigrateError('SQLITE_SCHEMA_UNKNOWN', `Table '${table}' has no column '${namedKey}'.`, {
      remedy: `Its columns: ${names.join(', ')}.`,
    });
  }
  // A key of several columns (face_labels of face and person) identifies the row no better than the rowid does.
  const keyColumn =
    namedKey ?? (declaredKeys.length === 1 ? declaredKeys[0] : customaryKeys[table].find((name) => names.includes(name)));

  const columns: Record<string, string> = {};
  for (const [field, candidates] of Object.entries<readonly string[]>(columnNames[table])) {
    const column = declaredReference(source, table, field) ?? candidates.find((name) => names.includes(name));
    if (column !== undefined) columns[field] = column;
  }
  const missing = requiredFields[table].filter((field) => columns[field] === undefined);
  if (missing.length > 0) {
    const wanted = missing.map((field) =>
      Object.entries<readonly string[]>(columnNames[table])
        .find(([name]) => name === field)?.[1]
        .join(' or '),
    );
    throw new MigrateError('SQLITE_SCHEMA_UNKNOWN', `Table '${table}' lacks the column ${wanted.join(' and ')}.`, {
      remedy: `It has: ${names.join(', ')}. A view with the expected names also works.`,
    });
  }
  const rows = Number(source.prepare(`SELECT count(*) AS rows FROM ${quoteName(table)}`).get()?.rows ?? 0);
  return { table, keyColumn: keyColumn ?? null, columns, rows };
}

/** The column that a FOREIGN KEY clause makes point to the field's parent table. */
function declaredReference(source: DatabaseSync, table: SourceTable, field: string): string | undefined {
  const parents: Readonly<Record<string, string>> = table === 'faces' || table === 'face_labels' ? parentOf[table] : {};
  const parent = parents[field];
  if (parent === undefined) return undefined;
  const reference = source
    .prepare(`PRAGMA foreign_key_list(${quoteName(table)})`)
    .all()
    .find((row) => String(row.table).toLowerCase() === parent);
  return reference && String(reference.from);
}
