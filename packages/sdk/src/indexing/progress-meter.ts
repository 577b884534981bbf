import type { IndexProgress } from '../model/index-photos.ts';
import { LeftOutTally } from './left-out-tally.ts';

/** Often enough to look alive, seldom enough to cost nothing. */
const REPORT_EVERY_MILLIS = 100;
/** The rate is of the latest stretch: a run that skips 10,000 known files at once must not promise the same for new ones. */
const RATE_WINDOW_MILLIS = 20_000;

export type IndexCounts = Pick<
  IndexProgress,
  'created' | 'updated' | 'moved' | 'unchanged' | 'failed' | 'failedBefore' | 'damaged' | 'faces'
>;

/** Counts what a run does and reports it, with rate and ETA. */
export class ProgressMeter {
  readonly counts: IndexCounts = {
    created: 0,
    updated: 0,
    moved: 0,
    unchanged: 0,
    failed: 0,
    failedBefore: 0,
    damaged: 0,
    faces: 0,
  };
  readonly leftOut = new LeftOutTally();
  readonly undecoded = new LeftOutTally();
  total: number | null = null;
  /** Milliseconds of work by stage, that of files side by side added up: more than the run took, when it kept several cores busy. */
  readonly #stageMillis = new Map<string, number>();
  readonly #report: ((progress: IndexProgress) => void) | undefined;
  readonly #start = performance.now();
  #reportedAt = Number.NEGATIVE_INFINITY;
  /** Moments and files seen by then, oldest first. */
  #samples: { at: number; seen: number }[] = [];

  constructor(report: ((progress: IndexProgress) => void) | undefined) {
    this.#report = report;
    this.#samples.push({ at: this.#start, seen: 0 });
  }

  addStage(stage: string, millis: number): void {
    this.#stageMillis.set(stage, (this.#stageMillis.get(stage) ?? 0) + millis);
  }

  /** Counts the time of `work` as that of a stage. */
  async during<T>(stage: string, work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await work();
    } finally {
      this.addStage(stage, performance.now() - start);
    }
  }

  roundedStages(): Record<string, number> {
    return Object.fromEntries([...this.#stageMillis].map(([stage, millis]) => [stage, Math.max(0, Math.round(millis))]));
  }

  /** Reports, unless it did a moment ago. */
  tick(): void {
    const now = performance.now();
    if (now - this.#reportedAt < REPORT_EVERY_MILLIS) return;
    this.#reportedAt = now;
    this.#samples.push({ at: now, seen: this.#seen() });
    while (this.#samples.length > 2 && now - this.#samples[1]!.at > RATE_WINDOW_MILLIS) this.#samples.shift();
    this.#report?.(this.snapshot());
  }

  /** Reports the last word. */
  finish(): void {
    this.#report?.(this.snapshot());
  }

  snapshot(): IndexProgress {
    const now = performance.now();
    const seen = this.#seen();
    const oldest = this.#samples[0]!;
    const seconds = (now - oldest.at) / 1000;
    const filesPerSecond = seconds > 0 ? (seen - oldest.seen) / seconds : 0;
    const left = this.total === null ? null : Math.max(0, this.total - seen);
    return {
      ...this.counts,
      seen,
      total: this.total,
      elapsedMillis: now - this.#start,
      filesPerSecond,
      etaMillis: left === null || filesPerSecond === 0 ? null : (left / filesPerSecond) * 1000,
    };
  }

  #seen(): number {
    const { created, updated, moved, unchanged, failed, failedBefore } = this.counts;
    return created + updated + moved + unchanged + failed + failedBefore;
  }
}
