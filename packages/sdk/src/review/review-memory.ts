import type { LibraryContext } from '../library-context.ts';
import { type EstimatedFace, estimateFaces } from './estimate-faces.ts';
import { type FaceBank, readBank, readStamp, updateBank } from './face-bank.ts';
import { buildGallery, type Gallery } from './gallery.ts';

/** Everything a review compares, as of one moment. */
export interface ReviewState {
  readonly bank: FaceBank;
  readonly gallery: Gallery;
  /** Faces that wait for a name. */
  readonly open: readonly EstimatedFace[];
}

/**
 * Keeps the faces of a library in memory between the calls of a review, and brings them up to date before each: by the journal's
 * new entries, or anew when vectors came or went. Another program on the same database is noticed in the same way.
 */
export class ReviewMemory {
  readonly #context: LibraryContext;
  #state: ReviewState | null = null;
  #refresh: Promise<unknown> = Promise.resolve();

  constructor(context: LibraryContext) {
    this.#context = context;
  }

  /** null for a library without vectors. One refresh at a time: calls at once share the work of the first. */
  current(signal?: AbortSignal): Promise<ReviewState | null> {
    const refreshed = this.#refresh.then(() => this.#bringUpToDate(signal));
    this.#refresh = refreshed.catch(() => {});
    return refreshed;
  }

  async #bringUpToDate(signal: AbortSignal | undefined): Promise<ReviewState | null> {
    signal?.throwIfAborted();
    const stamp = await readStamp(this.#context);
    if (!stamp) {
      this.#state = null;
      return null;
    }
    const known = this.#state?.bank.stamp;
    const isSameBank = known?.spaceId === stamp.spaceId && known.vectors === stamp.vectors;
    if (isSameBank && known.journalSeq === stamp.journalSeq) return this.#state;
    const { dimension, ...bankStamp } = stamp;
    const bank = isSameBank
      ? await updateBank(this.#context, this.#state!.bank, bankStamp)
      : await readBank(this.#context, { dimension, ...bankStamp }, signal);
    const gallery = buildGallery(bank);
    this.#state = { bank, gallery, open: await estimateFaces(bank, gallery, signal) };
    return this.#state;
  }
}
