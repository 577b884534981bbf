import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { type Column, Table } from './table.ts';
import { toJsonLine } from './to-json-line.ts';

/** Where a command's data goes, one record at a time. */
export interface RowWriter<Row> {
  write(row: Row): Promise<void>;
  /** Prints what is still held back. */
  end(): Promise<void>;
}

/** Rows that settle the widths of a table; one screen's worth, so that the first lines appear soon. */
const rowsPerChunk = 100;

export function createRowWriter<Row extends object>(options: {
  stream: Writable;
  json: boolean;
  columns: readonly Column<Row>[];
  signal: AbortSignal;
  /** Called at the end of a table that has no rows. */
  onEmpty?: () => void;
}): RowWriter<Row> {
  const print = async (text: string) => {
    options.signal.throwIfAborted();
    if (text !== '' && !options.stream.write(text)) await once(options.stream, 'drain', { signal: options.signal });
  };
  if (options.json) return { write: (row) => print(toJsonLine(row)), end: async () => {} };

  const table = new Table(options.columns);
  let held: Row[] = [];
  let isEmpty = true;
  const flush = async () => {
    const lines = held.length > 0 ? `${table.lines(held).join('\n')}\n` : '';
    held = [];
    await print(lines);
  };
  return {
    write: async (row) => {
      isEmpty = false;
      held.push(row);
      if (held.length >= rowsPerChunk) await flush();
    },
    end: async () => {
      await flush();
      if (isEmpty) options.onEmpty?.();
    },
  };
}
