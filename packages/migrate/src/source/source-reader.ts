import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { FieldOf } from './column-names.ts';
import type { TableLayout } from './describe-source.ts';
import { quoteName } from './quote-name.ts';
import { keyText, type SourceRow, type SourceValue } from './source-row.ts';

/** A row with its key, read field by field whatever the columns are called. */
export interface ReadRow {
  key: string;
  row: SourceRow;
}

const rowidAlias = '__photoorg_key';

/** Reads the rows of one table in the order of their keys. */
export class SourceReader<Table extends TableLayout['table']> {
  readonly layout: TableLayout;
  readonly #source: DatabaseSync;
  #byKey: StatementSync | null = null;

  constructor(source: DatabaseSync, layout: TableLayout) {
    this.#source = source;
    this.layout = layout;
  }

  /** The value of a field, null when the table has no such column. */
  value(row: SourceRow, field: FieldOf<Table>): SourceValue {
    const column = this.layout.columns[field];
    return column === undefined ? null : (row[column] ?? null);
  }

  *rows(): Generator<ReadRow> {
    const key = this.#keyExpression();
    const statement = this.#prepare(`SELECT ${key} AS ${rowidAlias}, * FROM ${quoteName(this.layout.table)} ORDER BY ${key}`);
    for (const row of statement.iterate()) yield toReadRow(row);
  }

  /** Keys of the table's rows grouped by the value of a field: the children of each parent. */
  keysBy(field: FieldOf<Table>): Map<string, SourceValue[]> {
    const column = quoteName(this.layout.columns[field]!);
    const key = this.#keyExpression();
    const groups = new Map<string, SourceValue[]>();
    const statement = this.#prepare(
      `SELECT ${key} AS ${rowidAlias}, ${column} AS parent FROM ${quoteName(this.layout.table)} ORDER BY ${key}`,
    );
    for (const row of statement.iterate()) {
      const parent = keyText(row.parent as SourceValue);
      const group = groups.get(parent);
      if (group) group.push(row[rowidAlias] as SourceValue);
      else groups.set(parent, [row[rowidAlias] as SourceValue]);
    }
    return groups;
  }

  get(key: SourceValue): ReadRow {
    this.#byKey ??= this.#prepare(
      `SELECT ${this.#keyExpression()} AS ${rowidAlias}, * FROM ${quoteName(this.layout.table)} WHERE ${this.#keyExpression()} = ?`,
    );
    return toReadRow(this.#byKey.get(key)!);
  }

  #keyExpression(): string {
    return this.layout.keyColumn === null ? 'rowid' : quoteName(this.layout.keyColumn);
  }

  #prepare(sql: string): StatementSync {
    const statement = this.#source.prepare(sql);
    statement.setReadBigInts(true);
    return statement;
  }
}

function toReadRow(found: Record<string, SourceValue>): ReadRow {
  const { [rowidAlias]: key, ...row } = found;
  return { key: keyText(key ?? null), row };
}
