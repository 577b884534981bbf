import type { LibraryContext } from '../library/library-context.ts';
import { Answers } from './answers.ts';
import { estimateFaces } from './estimate-faces.ts';
import { readBank, readStamp, updateBank } from './face-bank.ts';
import { buildGallery } from './gallery.ts';

/**
 * Keeps the faces of a library in memory between the calls of a review, and brings them up to date before each: by the journal's
 * new entries, or anew when vectors came or went. Another program on the same database is noticed in the same way.
 */
export class ReviewMemory {
  readonly #context: LibraryContext;
  #answers: Answers | null = null;
  #refresh: Promise<unknown> = Promise.resolve();

  constructor(context: LibraryContext) {
    this.#context = context;
  }

  /** null for a library without vectors. One refresh at a time: calls at once share the work of the first. */
  current(signal?: AbortSignal): Promise<Answers | null> {
    const refreshed = this.#refresh.then(() => this.#bringUpToDate(signal));
    this.#refresh = refreshed.catch(() => {});
    return refreshed;
  }

  async #bringUpToDate(signal: AbortSignal | undefined): Promise<Answers | null> {
    signal?.throwIfAborted();
    const now = await readStamp(this.#context);
    if (!now) {
      this.#answers = null;
      return null;
    }
    const { dimension, ...stamp } = now;
    const known = this.#answers?.estimates.bank.stamp;
    const previous = known?.spaceId === stamp.spaceId && known.vectors === stamp.vectors ? this.#answers : null;
    if (previous && known?.journalSeq === stamp.journalSeq) return previous;
    const bank = previous
      ? await updateBank(this.#context, previous.estimates.bank, stamp)
      : await readBank(this.#context, { dimension, ...stamp }, signal);
    const estimates = await estimateFaces(bank, buildGallery(bank), { previous: previous?.estimates, signal });
    this.#answers = previous ? previous.carriedOver(estimates) : new Answers(estimates);
    return this.#answers;
  }
}
