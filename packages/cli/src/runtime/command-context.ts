import type { OpenPhotoLibraryOptions, PhotoLibrary } from '@photoorg/sdk';
import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import type { CommonOptions } from '../flags/common-flags.ts';
import type { Reporter } from '../output/reporter.ts';
import { createRowWriter, type RowWriter } from '../output/row-writer.ts';
import type { Column } from '../output/table.ts';
import { describeError } from './describe-error.ts';

/** What a subcommand works with: its data out, its words to the person, its library, its stop signal. */
export class CommandContext {
  readonly signal: AbortSignal;
  readonly reporter: Reporter;
  readonly #options: CommonOptions;
  readonly #libraryOptions: OpenPhotoLibraryOptions;
  #library: PhotoLibrary | null = null;
  #failures = 0;

  constructor(o: { signal: AbortSignal; reporter: Reporter; options: CommonOptions; libraryOptions: OpenPhotoLibraryOptions }) {
    this.signal = o.signal;
    this.reporter = o.reporter;
    this.#options = o.options;
    this.#libraryOptions = o.libraryOptions;
  }

  /** Things that failed without ending the command. */
  get failures(): number {
    return this.#failures;
  }

  /** Whether data is printed for programs. */
  get printsJson(): boolean {
    return this.#options.json ?? false;
  }

  /** Opens the library that the flags name; it is closed when the command ends. */
  async openLibrary(): Promise<PhotoLibrary> {
    const { openPhotoLibrary } = await import('@photoorg/sdk');
    this.#library = await openPhotoLibrary({ ...this.#libraryOptions, signal: this.signal });
    return this.#library;
  }

  async closeLibrary(): Promise<void> {
    await this.#library?.close();
  }

  /** Data on stdout: a table for people, NDJSON with --json. People are told when there is none, unless `empty` is null. */
  rows<Row extends object>(
    columns: readonly Column<Row>[],
    o: { json?: boolean; signal?: AbortSignal; empty?: string | null } = {},
  ): RowWriter<Row> {
    const { empty = 'Nothing to list.' } = o;
    return createRowWriter({
      stream: process.stdout,
      json: o.json ?? this.printsJson,
      columns,
      signal: o.signal ?? this.signal,
      ...(empty === null ? {} : { onEmpty: () => this.reporter.note(empty) }),
    });
  }

  /** One record on stdout; `evenWhenStopped` for the summary of a run that was interrupted. */
  async print<Row extends object>(
    columns: readonly Column<Row>[],
    row: Row,
    o: { evenWhenStopped?: boolean } = {},
  ): Promise<void> {
    const rows = this.rows(columns, o.evenWhenStopped ? { signal: new AbortController().signal } : {});
    await rows.write(row);
    await rows.end();
  }

  /** One thing of several failed: its line on stderr, and the command will end with code 1. */
  fail(item: string, reason: string): void {
    this.countFailure();
    this.reporter.failure(`${item}: ${reason}`);
  }

  /** Something failed that is reported elsewhere: the command will end with code 1. */
  countFailure(): void {
    this.#failures += 1;
  }

  /** Does `work` for each item; one that fails is reported and the rest go on. Only what would fail for every item ends the command. */
  async forEach<Item>(
    items: readonly Item[],
    nameOf: (item: Item) => string,
    work: (item: Item) => Promise<void>,
  ): Promise<void> {
    for (const item of items) {
      this.signal.throwIfAborted();
      try {
        await work(item);
      } catch (error) {
        if (this.signal.aborted || !concernsOneItem(error)) throw error;
        this.fail(nameOf(item), describeError(error, this.#options.verbose ?? false));
      }
    }
  }
}

function concernsOneItem(error: unknown): boolean {
  const code = exitCodeOf(error);
  return code === exitCodes.failed || code === exitCodes.usage;
}
