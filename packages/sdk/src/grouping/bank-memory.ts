import { type FaceBank, readBank } from '../evidence/face-bank.ts';
import { updateBank } from '../evidence/update-bank.ts';
import { activeSpace } from '../library/active-space.ts';
import { changesSince, type LibraryStamp, readStamp } from '../library/library-changes.ts';
import type { LibraryContext } from '../library/library-context.ts';

export interface BankNow {
  /** null for a library without vectors. */
  readonly bank: FaceBank | null;
  /** Call it when the bank's news has been dealt with: only then is it no news any more. */
  settle(): void;
  readonly isNews: boolean;
}

/** A share of the faces: after more changes than that, reading everything is cheaper. */
const MOST_CHANGED = 0.5;

/** The faces of a library, kept in memory between calls and read again where they changed. */
export class BankMemory {
  readonly #context: LibraryContext;
  #kept: { stamp: LibraryStamp; bank: FaceBank | null; isSettled: boolean } | null = null;

  constructor(context: LibraryContext) {
    this.#context = context;
  }

  async current(signal?: AbortSignal): Promise<BankNow> {
    const context = this.#context;
    // A transaction sees its own changes at once, which no snapshot tells apart.
    const former = context.db.isTransaction ? null : this.#kept;
    const changes = former && (await changesSince(context, former.stamp));
    const stamp = changes?.stamp ?? (await readStamp(context));
    const space = await activeSpace(context);
    const known = former?.bank;
    const isSame = known?.spaceId === space?.spaceId && known?.scale === space?.scale;
    const isNews = !former?.isSettled || !changes || changes.isNews || !isSame;
    let bank = isSame && changes && !changes.isNews ? known! : null;
    if (space && !bank) {
      const isWorth = known && isSame && changes && changes.faceIds.size <= known.faces.length * MOST_CHANGED;
      bank = isWorth ? await updateBank(context, known, changes) : await readBank(context, space, stamp, signal);
    }
    const kept = { stamp, bank, isSettled: !isNews };
    this.#kept = kept;
    return {
      bank,
      isNews,
      settle: () => {
        kept.isSettled = true;
      },
    };
  }
}
