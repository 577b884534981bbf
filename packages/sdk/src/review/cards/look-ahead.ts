import type { Answers } from '../answers.ts';
import { type DraftingOptions, type DraftingState, draftCards } from './draft-cards.ts';

/**
 * Drafts the card that is likely to come next while somebody answers this one: what is known of its faces is there when it is asked for.
 * One at a time: whoever asks for cards ends what is going on. Nothing is read from the database, and nothing is written.
 */
export class LookAhead {
  #ending: AbortController | null = null;

  /** Ends what is going on. */
  end(): void {
    this.#ending?.abort();
    this.#ending = null;
  }

  /** Begins, and gives the event loop back between any two faces. */
  begin(answers: Answers, state: DraftingState, { limit, later }: DraftingOptions): void {
    this.end();
    this.#ending = new AbortController();
    const { signal } = this.#ending;
    // It only makes the next call quicker; that one tells of an error, if it comes to the same.
    draftCards(answers, state, { limit: limit + 1, later, signal }).catch(() => {});
  }
}
