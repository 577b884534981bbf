import { setTimeout as sleep } from 'node:timers/promises';

/** However busy a folder is, what has become quiet in it is not kept waiting longer than this. */
const LONGEST_WAIT_MILLIS = 30_000;
/** Timers may fire a moment before their time. */
const TIMER_SLACK_MILLIS = 20;

/** Which paths changed when, and whether it is time to look at them: when nothing has changed for a while, or enough has waited. */
export class RecentChanges {
  readonly #quietMillis: number;
  readonly #changedAt = new Map<string, number>();
  #waitingSince: number | null = null;
  #timer: NodeJS.Timeout | undefined;
  #due = new AbortController();

  constructor(quietMillis: number) {
    this.#quietMillis = quietMillis;
  }

  /** Something happened at the path. */
  note(path: string): void {
    this.#changedAt.set(path, performance.now());
    this.lookAgain();
  }

  /** Asks for a look although nothing else happens. */
  lookAgain(): void {
    const now = performance.now();
    this.#waitingSince ??= now;
    const dueAt = Math.min(now + this.#quietMillis, this.#waitingSince + LONGEST_WAIT_MILLIS);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#due.abort(), dueAt - now + TIMER_SLACK_MILLIS);
  }

  /** Whether something happened at the path a moment ago. */
  isFresh(path: string): boolean {
    const at = this.#changedAt.get(path);
    return at !== undefined && performance.now() - at < this.#quietMillis;
  }

  /** Waits until it is time to look, or the time is over; tells which. */
  async wait({ timeoutMillis, signal }: { timeoutMillis: number; signal?: AbortSignal | undefined }): Promise<boolean> {
    this.#forgetOld();
    const wakers = signal === undefined ? [this.#due.signal] : [this.#due.signal, signal];
    await sleep(timeoutMillis, undefined, { signal: AbortSignal.any(wakers) }).catch(() => {});
    signal?.throwIfAborted();
    this.stop();
    const isDue = this.#due.signal.aborted;
    this.#due = new AbortController();
    this.#waitingSince = null;
    return isDue;
  }

  /** Ends the timer, which would keep the process alive. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  #forgetOld(): void {
    for (const path of this.#changedAt.keys()) if (!this.isFresh(path)) this.#changedAt.delete(path);
  }
}
