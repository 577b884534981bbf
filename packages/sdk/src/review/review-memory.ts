import { readBank } from '../evidence/face-bank.ts';
import { buildGallery } from '../evidence/gallery.ts';
import { updateBank } from '../evidence/update-bank.ts';
import { activeSpace } from '../library/active-space.ts';
import type { LibraryContext } from '../library/library-context.ts';
import { Answers } from './answers.ts';
import { estimateFaces } from './estimate-faces.ts';
import { KeptInStep, type Reading } from './kept-in-step.ts';

/** A share of the faces: after more changes than that, reading everything is cheaper, and forgets the faces that are gone. */
const MOST_CHANGED = 0.5;

/**
 * Keeps the faces of a library in memory between the calls of a review, and brings them up to date before each: what changed is read
 * again, whichever program changed it.
 */
export class ReviewMemory {
  readonly #context: LibraryContext;
  readonly #kept: KeptInStep<Answers | null>;

  constructor(context: LibraryContext) {
    this.#context = context;
    this.#kept = new KeptInStep(context, (reading) => this.#read(reading));
  }

  /** null for a library without vectors. */
  current(signal?: AbortSignal): Promise<Answers | null> {
    return this.#kept.current(signal);
  }

  async #read({ stamp, former, signal }: Reading<Answers | null>): Promise<Answers | null> {
    const space = await activeSpace(this.#context);
    if (!space) return null;
    const { value: previous = null, changes } = former ?? {};
    const known = previous?.estimates.bank;
    if (
      previous &&
      changes &&
      known?.spaceId === space.spaceId &&
      known.scale === space.scale &&
      changes.faceIds.size <= known.faces.length * MOST_CHANGED
    ) {
      if (!changes.isNews) return previous;
      const bank = await updateBank(this.#context, known, changes);
      return previous.carriedOver(await estimateFaces(bank, buildGallery(bank), { previous: previous.estimates, signal }));
    }
    const bank = await readBank(this.#context, space, stamp, signal);
    return new Answers(await estimateFaces(bank, buildGallery(bank), { signal }));
  }
}
