/** Neighbours of each face within the longest reach, with their distances, nearest first. */
export interface Neighbours {
  readonly faces: readonly (readonly number[])[];
  readonly distances: readonly (readonly number[])[];
}

/**
 * DBSCAN (Ester et al., 1996) over lists of neighbours: faces with at least `fewest` of them within `reach`, themselves included, are chained; others join the
 * nearest of those. The number of its group for each face.
 */
export function chainNeighbours({ faces, distances }: Neighbours, reach: number, fewest: number): Int32Array {
  const count = faces.length;
  const groups = new Int32Array(count).fill(-1);
  const within = (face: number) => {
    const end = distances[face]!.findIndex((distance) => distance > reach);
    return faces[face]!.slice(0, end === -1 ? undefined : end);
  };
  const isCore = Uint8Array.from({ length: count }, (_, face) => Number(within(face).length >= fewest));
  let next = 0;
  for (let start = 0; start < count; start++) {
    if (!isCore[start] || groups[start] !== -1) continue;
    const waiting = [start];
    groups[start] = next;
    for (let face = waiting.pop(); face !== undefined; face = waiting.pop()) {
      for (const other of within(face)) {
        if (groups[other] !== -1) continue;
        groups[other] = next;
        if (isCore[other]) waiting.push(other);
      }
    }
    next++;
  }
  return groups.map((group) => (group === -1 ? next++ : group));
}
