import { changesBetween } from '../evidence/bank-changes.ts';
import { buildCohort } from '../evidence/cohort.ts';
import { type FaceBank, readBank } from '../evidence/face-bank.ts';
import { buildGallery } from '../evidence/gallery.ts';
import { KnownFaces } from '../evidence/known-faces.ts';
import { updateBank } from '../evidence/update-bank.ts';
import { activeSpace, spaceInUse } from '../library/active-space.ts';
import type { LibraryContext } from '../library/library-context.ts';
import { Answers } from './answers.ts';
import { KeptInStep, type Reading } from './kept-in-step.ts';

/** A share of the faces: after more changes than that, reading everything is cheaper, and forgets the faces that are gone. */
const MOST_CHANGED = 0.5;

/**
 * Keeps the faces of a library in memory between the calls of a review, and brings them up to date before each: what changed is read
 * again, whichever program changed it.
 */
export class ReviewMemory {
  readonly #context: LibraryContext;
  /** By the id of an embedding space; null: whichever is active. */
  readonly #kept = new Map<string | null, KeptInStep<Answers | null>>();

  constructor(context: LibraryContext) {
    this.#context = context;
  }

  /** In the active space; null for a library without vectors. */
  current(signal?: AbortSignal): Promise<Answers | null> {
    return this.#keptIn(null).current(signal);
  }

  /** In any space of the library. */
  async inSpace(spaceId: string, signal?: AbortSignal): Promise<Answers | null> {
    const active = await activeSpace(this.#context);
    return this.#keptIn(active?.spaceId === spaceId ? null : spaceId).current(signal);
  }

  #keptIn(spaceId: string | null): KeptInStep<Answers | null> {
    const kept = this.#kept.get(spaceId) ?? new KeptInStep(this.#context, (reading) => this.#read(spaceId, reading));
    this.#kept.set(spaceId, kept);
    return kept;
  }

  async #read(spaceId: string | null, { stamp, former, signal }: Reading<Answers | null>): Promise<Answers | null> {
    const space = spaceId === null ? await activeSpace(this.#context) : await spaceInUse(this.#context, spaceId);
    if (!space) return null;
    const { value: previous = null, changes } = former ?? {};
    const known = previous?.known.bank;
    if (
      previous &&
      changes &&
      known?.spaceId === space.spaceId &&
      known.scale === space.scale &&
      changes.faceIds.size <= known.faces.length * MOST_CHANGED
    ) {
      if (!changes.isNews) return previous;
      return previous.carriedOver(knowLater(previous.known, await updateBank(this.#context, known, changes)));
    }
    return new Answers(know(await readBank(this.#context, space, stamp, signal)));
  }
}

/** What the faces of a bank are judged by. */
export function know(bank: FaceBank): KnownFaces {
  return new KnownFaces({ bank, gallery: buildGallery(bank), cohort: buildCohort(bank) });
}

/** The same for a later bank of the same library. */
export function knowLater(known: KnownFaces, bank: FaceBank): KnownFaces {
  const cohort = buildCohort(bank, known);
  const changes = changesBetween(known.bank, bank);
  const gallery = buildGallery(bank, { gallery: known.gallery, bank: known.bank, changes });
  return new KnownFaces({ bank, gallery, cohort }, { known, changedPeople: changes.people });
}
