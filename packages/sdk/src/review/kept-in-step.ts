import { changesSince, type LibraryChanges, type LibraryStamp, readStamp } from '../library/library-changes.ts';
import type { LibraryContext } from '../library/library-context.ts';

export interface Reading<Value> {
  /** Before anything is read: what changes meanwhile is news next time. */
  readonly stamp: LibraryStamp;
  /** What was kept, and what changed since; null the first time, and when that was too long ago to tell. */
  readonly former: { readonly value: Value; readonly changes: LibraryChanges } | null;
  readonly signal?: AbortSignal;
}

/** Something read from a library that is kept between calls, and brought up to date before each by what changed, whichever program did it. */
export class KeptInStep<Value> {
  readonly #context: LibraryContext;
  readonly #read: (reading: Reading<Value>) => Promise<Value>;
  #kept: { stamp: LibraryStamp; value: Value } | null = null;
  #refresh: Promise<unknown> = Promise.resolve();

  constructor(context: LibraryContext, read: (reading: Reading<Value>) => Promise<Value>) {
    this.#context = context;
    this.#read = read;
  }

  /** One refresh at a time: calls at once share the work of the first. */
  current(signal?: AbortSignal): Promise<Value> {
    const refreshed = this.#refresh.then(() => this.#bringUpToDate(signal));
    this.#refresh = refreshed.catch(() => {});
    return refreshed;
  }

  async #bringUpToDate(signal: AbortSignal | undefined): Promise<Value> {
    signal?.throwIfAborted();
    // A transaction sees its own changes at once, which no snapshot tells apart.
    const kept = this.#context.db.isTransaction ? null : this.#kept;
    const changes = kept && (await changesSince(this.#context, kept.stamp));
    const stamp = changes?.stamp ?? (await readStamp(this.#context));
    const value = await this.#read({ stamp, former: kept && changes && { value: kept.value, changes }, signal });
    this.#kept = { stamp, value };
    return value;
  }
}
