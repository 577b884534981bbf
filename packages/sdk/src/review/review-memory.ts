import type { LibraryContext } from '../library-context.ts';
import { type Estimates, estimateFaces } from './estimate-faces.ts';
import { readBank, readStamp, updateBank } from './face-bank.ts';
import { buildGallery } from './gallery.ts';

/**
 * Keeps the faces of a library in memory between the calls of a review, and brings them up to date before each: by the journal's
 * new entries, or anew when vectors came or went. Another program on the same database is noticed in the same way.
 */
export class ReviewMemory {
  readonly #context: LibraryContext;
  #estimates: Estimates | null = null;
  #refresh: Promise<unknown> = Promise.resolve();

  constructor(context: LibraryContext) {
    this.#context = context;
  }

  /** null for a library without vectors. One refresh at a time: calls at once share the work of the first. */
  current(signal?: AbortSignal): Promise<Estimates | null> {
    const refreshed = this.#refresh.then(() => this.#bringUpToDate(signal));
    this.#refresh = refreshed.catch(() => {});
    return refreshed;
  }

  async #bringUpToDate(signal: AbortSignal | undefined): Promise<Estimates | null> {
    signal?.throwIfAborted();
    const now = await readStamp(this.#context);
    if (!now) {
      this.#estimates = null;
      return null;
    }
    const { dimension, ...stamp } = now;
    const known = this.#estimates?.bank;
    const previous = known?.stamp.spaceId === stamp.spaceId && known.stamp.vectors === stamp.vectors ? this.#estimates : null;
    if (previous && previous.bank.stamp.journalSeq === stamp.journalSeq) return previous;
    const bank = previous
      ? await updateBank(this.#context, previous.bank, stamp)
      : await readBank(this.#context, { dimension, ...stamp }, signal);
    this.#estimates = await estimateFaces(bank, buildGallery(bank), { previous, signal });
    return this.#estimates;
  }
}
