/** What a file is like at one moment. */
export interface Look {
  readonly text: string;
  /** When it was last renewed, by the clock of who did it: to be compared with itself only. */
  readonly renewed: number;
}

/** Between two observations this process may itself have slept, and the other one with it: so much of the time counts. */
const MOST_COUNTED_MILLIS = 500;

/** How long a file that another program renews has stayed the same, by this process's own clock: the clocks of two machines may be minutes apart. */
export class Stillness {
  #last: Look | null = null;
  #seenAt = 0;
  #stillMillis = 0;
  #wasRenewed = false;

  /** Takes note of what the file is like now, and says for how many milliseconds it has been so. */
  observe(look: Look): number {
    const now = performance.now();
    const sameText = look.text === this.#last?.text;
    const isStill = sameText && look.renewed === this.#last?.renewed;
    this.#stillMillis = isStill ? this.#stillMillis + Math.min(now - this.#seenAt, MOST_COUNTED_MILLIS) : 0;
    this.#wasRenewed = sameText && (this.#wasRenewed || !isStill);
    this.#last = look;
    this.#seenAt = now;
    return this.#stillMillis;
  }

  /** Whether it was given another time, with the text that it has, while it was looked at. */
  get wasRenewed(): boolean {
    return this.#wasRenewed;
  }
}
