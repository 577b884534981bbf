import type { Pace } from '../values/pace.ts';
import type { Bonds } from './bonds.ts';
import { PairHeap } from './pair-heap.ts';
import { joined, type Part } from './parts.ts';

export interface MergePartsOptions {
  readonly bonds: Bonds;
  /** Two parts become one while this is above 0, the best first. */
  readonly scoreOf: (a: Part, b: Part) => number;
  readonly pace: Pace;
}

/**
 * Joins parts, the most alike first, until no two neighbours are alike enough; neighbours of a joined part are those of both; who is a neighbour has the other as one. What may
 * not stand together is left apart. The parts that are left come in the order of their first faces.
 */
export async function mergeParts(
  given: readonly Part[],
  neighbours: readonly ReadonlySet<number>[],
  { bonds, scoreOf, pace }: MergePartsOptions,
): Promise<Part[]> {
  const parts: (Part | null)[] = [...given];
  const versions = new Int32Array(parts.length);
  const beside = neighbours.map((others) => new Set(others));
  const heap = new PairHeap();
  const consider = (one: number, other: number) => {
    const [a, b] = one < other ? [one, other] : [other, one];
    const score = scoreOf(parts[a]!, parts[b]!);
    if (score > 0) heap.push({ score, a, b, versionA: versions[a]!, versionB: versions[b]! });
  };
  for (const [part, others] of beside.entries()) {
    for (const other of others) if (part < other) consider(part, other);
    if (pace.isDue()) await pace.rest();
  }

  for (let best = heap.pop(); best; best = heap.pop()) {
    const { a, b, versionA, versionB } = best;
    if (!parts[a] || !parts[b] || versions[a] !== versionA || versions[b] !== versionB) continue;
    const [faceA, faceB] = [parts[a].faces[0]!, parts[b].faces[0]!];
    beside[a]!.delete(b);
    beside[b]!.delete(a);
    // Who may not stand together now never may: bonds only grow.
    if (!bonds.mayJoin(faceA, faceB)) continue;
    bonds.join(faceA, faceB);
    parts[a] = joined(parts[a], parts[b]);
    parts[b] = null;
    versions[a]!++;
    for (const other of beside[b]!) {
      beside[other]!.delete(b);
      beside[other]!.add(a);
      beside[a]!.add(other);
    }
    beside[b]!.clear();
    for (const other of beside[a]!) consider(a, other);
    if (pace.isDue()) await pace.rest();
  }
  return parts.filter((part) => part !== null);
}
