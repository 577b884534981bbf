import type { LabelledEmbeddings } from './labelled-embeddings.ts';

/** Groups of faces by number, in the order of the faces, from all their distances (`n * n`). */
export type Grouping = (data: LabelledEmbeddings, distances: Float32Array) => Int32Array;

/** Ester et al., 1996: faces with enough others within `reach`, chained; the rest with the nearest of those, or alone. */
export function dbscan(reach: number, fewest: number): Grouping {
  return ({ faces }, distances) => {
    const count = faces.length;
    const groups = new Int32Array(count).fill(-1);
    const near = (face: number) =>
      Array.from({ length: count }, (_, other) => other).filter((other) => distances[face * count + other]! <= reach);
    const isCore = Uint8Array.from({ length: count }, (_, face) => (near(face).length >= fewest ? 1 : 0));
    let next = 0;
    for (let start = 0; start < count; start++) {
      if (!isCore[start] || groups[start] !== -1) continue;
      const waiting = [start];
      groups[start] = next;
      for (let face = waiting.pop(); face !== undefined; face = waiting.pop()) {
        for (const other of near(face)) {
          if (groups[other] !== -1) continue;
          groups[other] = next;
          if (isCore[other]) waiting.push(other);
        }
      }
      next++;
    }
    return groups.map((group) => (group === -1 ? next++ : group));
  };
}

/** Biemann, 2006: each face takes the label that weighs most among its neighbours within `reach`, until nothing changes. */
export function chineseWhispers(reach: number, random: () => number, rounds = 20): Grouping {
  return ({ faces }, distances) => {
    const count = faces.length;
    const labels = Int32Array.from(faces.keys());
    const order = [...faces.keys()];
    for (let round = 0; round < rounds; round++) {
      shuffle(order, random);
      for (const face of order) {
        const weights = new Map<number, number>();
        for (let other = 0; other < count; other++) {
          const distance = distances[face * count + other]!;
          if (other === face || distance >= reach || faces[other]!.photo === faces[face]!.photo) continue;
          weights.set(labels[other]!, (weights.get(labels[other]!) ?? 0) + 1 - distance);
        }
        let best = -1;
        for (const [label, weight] of weights) {
          if (best === -1 || weight > weights.get(best)! || (weight === weights.get(best)! && label < best)) best = label;
        }
        if (best !== -1) labels[face] = best;
      }
    }
    return labels;
  };
}

/** Joins the two groups of the smallest mean distance until it reaches `limit`; faces of one photo lie 3 apart. */
export function averageLinkage(limit: number): Grouping {
  return ({ faces }, given) => {
    const count = faces.length;
    const distances = given.slice();
    for (let a = 0; a < count; a++) {
      for (let b = 0; b < count; b++) if (faces[a]!.photo === faces[b]!.photo) distances[a * count + b] = 3;
    }
    const sizes = new Int32Array(count).fill(1);
    const groups = Int32Array.from(faces.keys());
    const nearest = Int32Array.from(faces.keys(), (row) => nearestOf(distances, sizes, row));
    for (;;) {
      let a = -1;
      for (let row = 0; row < count; row++) {
        if (sizes[row]! === 0) continue;
        if (a === -1 || distances[row * count + nearest[row]!]! < distances[a * count + nearest[a]!]!) a = row;
      }
      const b = nearest[a]!;
      if (distances[a * count + b]! >= limit) return groups;
      for (let other = 0; other < count; other++) {
        const mean =
          (sizes[a]! * distances[a * count + other]! + sizes[b]! * distances[b * count + other]!) / (sizes[a]! + sizes[b]!);
        distances[a * count + other] = distances[other * count + a] = mean;
        if (groups[other] === b) groups[other] = a;
      }
      sizes[a]! += sizes[b]!;
      sizes[b] = 0;
      for (let row = 0; row < count; row++) {
        if (sizes[row]! > 0 && (row === a || nearest[row] === a || nearest[row] === b)) {
          nearest[row] = nearestOf(distances, sizes, row);
        }
      }
    }
  };
}

function nearestOf(distances: Float32Array, sizes: Int32Array, row: number): number {
  const count = sizes.length;
  let best = row === 0 ? 1 : 0;
  let shortest = Number.POSITIVE_INFINITY;
  for (let other = 0; other < count; other++) {
    if (other === row || sizes[other] === 0 || distances[row * count + other]! >= shortest) continue;
    [best, shortest] = [other, distances[row * count + other]!];
  }
  return best;
}

function shuffle(items: number[], random: () => number): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [items[i], items[j]] = [items[j]!, items[i]!];
  }
}
