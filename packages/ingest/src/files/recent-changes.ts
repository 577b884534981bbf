import { setTimeout as sleep } from 'node:timers/promises';

/** However busy a folder is, what has become quiet in it is not kept waiting longer than this. */
const LONGEST_WAIT_MILLIS = 30_000;
/** Timers may fire a moment before their time. */
const TIMER_SLACK_MILLIS = 20;

/** Which paths changed when, and whether it is time to look at them: when nothing has changed for a while, or enough has waited. */
export class RecentChanges {
  readonly #quietMillis: number;
  readonly #changedAt = new Map<string, number>();
  #waiting = new Set<string>();
  #needsWholeLook = false;
  #waitingSince: number | null = null;
  #timer: NodeJS.Timeout | undefined;
  #due = new AbortController();

  constructor(quietMillis: number) {
    this.#quietMillis = quietMillis;
  }

  /** A file at the path has come or changed. */
  noteFile(path: string): void {
    this.#changedAt.set(path, performance.now());
    this.lookAgainAt(path);
  }

  /** Asks for a look at the file although nothing else happens. */
  lookAgainAt(path: string): void {
    this.#waiting.add(path);
    this.#wake();
  }

  /** Something happened of which single files do not tell enough. */
  noteMore(): void {
    this.#needsWholeLook = true;
    this.#wake();
  }

  /** Whether the file at the path has come or changed a moment ago. */
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

  /** The files that came or changed since this was last asked; null when that is not all that happened. */
  take(): ReadonlySet<string> | null {
    const files = this.#needsWholeLook ? null : this.#waiting;
    this.#needsWholeLook = false;
    this.#waiting = new Set();
    return files;
  }

  /** Ends the timer, which would keep the process alive. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  #wake(): void {
    const now = performance.now();
    this.#waitingSince ??= now;
    const dueAt = Math.min(now + this.#quietMillis, this.#waitingSince + LONGEST_WAIT_MILLIS);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#due.abort(), dueAt - now + TIMER_SLACK_MILLIS);
  }

  #forgetOld(): void {
    for (const path of this.#changedAt.keys()) if (!this.isFresh(path)) this.#changedAt.delete(path);
  }
}
