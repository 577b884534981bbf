import type { NearestRows } from './nearest-rows.ts';

/** Who is beside whom, by the part that each row belongs to. */
export function neighbourSets({ count, found, rows }: NearestRows, partOfRow: Iterable<number>): Set<number>[] {
  const parts = [...partOfRow];
  const sets: Set<number>[] = [];
  for (const part of parts) sets[part] ??= new Set();
  for (const [row, part] of parts.entries()) {
    for (let place = row * count; place < row * count + found[row]!; place++) {
      const other = parts[rows[place]!]!;
      if (other === part) continue;
      sets[part]!.add(other);
      sets[other]!.add(part);
    }
  }
  return sets;
}

/** Marks the rows that are to be compared, for `nearestRows`; nothing when all are. */
export function probesOf(length: number, isProbe: (row: number) => boolean): Uint8Array | undefined {
  const probes = Uint8Array.from({ length }, (_, row) => (isProbe(row) ? 1 : 0));
  return probes.includes(0) ? probes : undefined;
}
