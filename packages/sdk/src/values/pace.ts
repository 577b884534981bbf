import { setImmediate as nextTurn } from 'node:timers/promises';

/** Work between two turns of the event loop. */
const MILLIS_PER_TURN = 8;

/** Keeps long work from holding the event loop: ask `isDue` often, and rest when it is. */
export class Pace {
  readonly #signal: AbortSignal | undefined;
  #turnAt = performance.now();

  constructor(signal?: AbortSignal) {
    this.#signal = signal;
  }

  isDue(): boolean {
    return performance.now() - this.#turnAt > MILLIS_PER_TURN;
  }

  /** Lets others have a turn. Throws the signal's reason once it is aborted. */
  async rest(): Promise<void> {
    await nextTurn();
    this.#signal?.throwIfAborted();
    this.#turnAt = performance.now();
  }
}
