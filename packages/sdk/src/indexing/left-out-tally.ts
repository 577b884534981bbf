import type { LeftOutFiles } from '../model/ingest-runs.ts';

/** Counts files by kind. */
export class LeftOutTally {
  readonly #kinds = new Map<string, LeftOutFiles>();

  add({ kind, remedy }: Omit<LeftOutFiles, 'files'>): void {
    const key = `${kind} ${remedy}`;
    const known = this.#kinds.get(key);
    if (known) known.files++;
    else this.#kinds.set(key, { kind, files: 1, remedy });
  }

  /** Most first. */
  list(): LeftOutFiles[] {
    return [...this.#kinds.values()].toSorted((a, b) => b.files - a.files || (a.kind < b.kind ? -1 : 1));
  }
}
