import stringWidth from 'string-width';
import { visibleText } from './visible-text.ts';

export interface Column<Row> {
  title: string;
  value: (row: Row) => string | number | null | undefined;
  align?: 'left' | 'right';
}

const columnGap = '  ';

/** Lines of a table whose columns are as wide as their widest cell; the first line is the titles. */
export class Table<Row> {
  readonly #columns: readonly Column<Row>[];
  #widths: number[] | null = null;

  constructor(columns: readonly Column<Row>[]) {
    this.#columns = columns;
  }

  /** The rows as lines. Widths are settled by the first call, so that a long list can be printed while it is read. */
  lines(rows: readonly Row[]): string[] {
    const cells = rows.map((row) => this.#columns.map((column) => toCell(column.value(row))));
    if (this.#widths) return cells.map((line) => this.#join(line));
    const titles = this.#columns.map((column) => column.title);
    this.#widths = titles.map((title, index) =>
      Math.max(stringWidth(title), ...cells.map((line) => stringWidth(line[index] ?? ''))),
    );
    return [this.#join(titles), ...cells.map((line) => this.#join(line))];
  }

  #join(cells: readonly string[]): string {
    return cells
      .map((cell, index) => {
        const padding = ' '.repeat(Math.max(0, (this.#widths?.[index] ?? 0) - stringWidth(cell)));
        return this.#columns[index]?.align === 'right' ? padding + cell : cell + padding;
      })
      .join(columnGap)
      .trimEnd();
  }
}

function toCell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '-';
  return typeof value === 'number' ? formatNumber(value) : visibleText(value);
}

const numberFormat = new Intl.NumberFormat('en', { maximumFractionDigits: 3 });

export function formatNumber(value: number): string {
  return numberFormat.format(value);
}
