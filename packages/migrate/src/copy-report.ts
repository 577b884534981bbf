/** The tables of an old library, in the order in which they are copied: parents before children. */
export type SourceTable = 'people' | 'photos' | 'faces' | 'face_labels';

/** What became of the rows of one table. Every row is in exactly one of `added`, `known`, `superseded`, `quarantined`. */
export interface TableCounts {
  table: SourceTable;
  rows: number;
  added: number;
  /** In the library already: from an earlier run, or found by photoorg itself. */
  known: number;
  /** Labels of a face that has a better one: a human's before an import's before a guess's, then the latest. */
  superseded: number;
  /** Not copied; each one is reported with its reason. */
  quarantined: number;
  /** Copied without one of its values; each one is reported. */
  incomplete: number;
}

/** A row, or one value of it, that could not be copied. The SQLite file still has it: mend it there and run again. */
export interface CopyIssue {
  kind: 'row_quarantined' | 'value_left_out';
  table: SourceTable;
  /** Primary key of the row, as text. */
  key: string;
  /** The column whose value was left out; null for a whole row. */
  column: string | null;
  reason: string;
}

export interface CopyProgress {
  table: SourceTable;
  step: 'start' | 'rows' | 'end';
  /** Rows of the table dealt with so far, of `total`. */
  done: number;
  total: number;
}

/** Counts of a table that is being copied. */
export class TableTally {
  readonly counts: TableCounts;
  readonly #onIssue: (issue: CopyIssue) => void;
  readonly #incomplete = new Set<string>();

  constructor(table: SourceTable, rows: number, onIssue: (issue: CopyIssue) => void) {
    this.counts = { table, rows, added: 0, known: 0, superseded: 0, quarantined: 0, incomplete: 0 };
    this.#onIssue = onIssue;
  }

  get done(): number {
    return this.counts.added + this.counts.known + this.counts.superseded + this.counts.quarantined;
  }

  quarantine(key: string, reason: string): void {
    this.counts.quarantined += 1;
    this.#onIssue({ kind: 'row_quarantined', table: this.counts.table, key, column: null, reason });
  }

  leaveOut(key: string, column: string, reason: string): void {
    this.#incomplete.add(key);
    this.counts.incomplete = this.#incomplete.size;
    this.#onIssue({ kind: 'value_left_out', table: this.counts.table, key, column, reason });
  }
}
