/**
 * Pairs rows with columns, each at most once, so that the weights of the pairs sum to the most (the Hungarian method with potentials,
 * O(rows² · columns)). A pair of weight 0 is none.
 *
 * @param weights one row of equally many numbers >= 0 each
 * @returns the column of each row; null for a row without one
 */
export function assignBest(weights: readonly (readonly number[])[]): (number | null)[] {
  const rows = weights.length;
  const columns = Math.max(rows, weights[0]?.length ?? 0);
  const rowPotential = new Float64Array(rows + 1);
  const columnPotential = new Float64Array(columns + 1);
  /** Row + 1 by column + 1; 0 for a free column. Place 0 holds the row that is looking for one. */
  const rowOf = new Int32Array(columns + 1);

  for (let row = 1; row <= rows; row++) {
    rowOf[0] = row;
    const slack = new Float64Array(columns + 1).fill(Number.POSITIVE_INFINITY);
    const cameFrom = new Int32Array(columns + 1);
    const visited = new Uint8Array(columns + 1);
    let column = 0;
    do {
      visited[column] = 1;
      const current = rowOf[column]!;
      let nearest = 0;
      let step = Number.POSITIVE_INFINITY;
      for (let next = 1; next <= columns; next++) {
        if (visited[next]) continue;
        const cost = -(weights[current - 1]![next - 1] ?? 0) - rowPotential[current]! - columnPotential[next]!;
        if (cost < slack[next]!) {
          slack[next] = cost;
          cameFrom[next] = column;
        }
        if (slack[next]! < step) {
          step = slack[next]!;
          nearest = next;
        }
      }
      for (let place = 0; place <= columns; place++) {
        if (visited[place]) {
          rowPotential[rowOf[place]!]! += step;
          columnPotential[place]! -= step;
        } else slack[place]! -= step;
      }
      column = nearest;
    } while (rowOf[column] !== 0);
    for (; column !== 0; column = cameFrom[column]!) rowOf[column] = rowOf[cameFrom[column]!]!;
  }

  const assigned: (number | null)[] = weights.map(() => null);
  for (let column = 1; column <= columns; column++) {
    const row = rowOf[column]! - 1;
    if (row >= 0 && (weights[row]![column - 1] ?? 0) > 0) assigned[row] = column - 1;
  }
  return assigned;
}
