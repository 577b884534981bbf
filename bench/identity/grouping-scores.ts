export interface GroupingScores {
  /** Of all pairs of faces: those in one group that are one person, and those of one person that are in one group. */
  readonly pairwise: PrecisionAndRecall;
  /** The mean over faces of the same, within the face's own group (Bagga and Baldwin, 1998). */
  readonly bcubed: PrecisionAndRecall;
}

interface PrecisionAndRecall {
  readonly precision: number;
  readonly recall: number;
  /** Their harmonic mean. */
  readonly f: number;
}

/** How well groups agree with people, both by number in the order of the faces; only faces for which `counts` holds are looked at. */
export function scoreGrouping(
  groups: ArrayLike<number>,
  people: ArrayLike<number>,
  counts: (face: number) => boolean = () => true,
): GroupingScores {
  const faces = Array.from({ length: people.length }, (_, face) => face).filter(counts);
  const inGroup = countBy(faces, (face) => `${groups[face]}`);
  const ofPerson = countBy(faces, (face) => `${people[face]}`);
  const inBoth = countBy(faces, (face) => `${groups[face]} ${people[face]}`);
  let [precision, recall] = [0, 0];
  for (const face of faces) {
    const both = inBoth.get(`${groups[face]} ${people[face]}`)!;
    precision += both / inGroup.get(`${groups[face]}`)! / faces.length;
    recall += both / ofPerson.get(`${people[face]}`)! / faces.length;
  }
  const right = pairsIn(inBoth);
  return {
    pairwise: withF(right / Math.max(1, pairsIn(inGroup)), right / Math.max(1, pairsIn(ofPerson))),
    bcubed: withF(precision, recall),
  };
}

function withF(precision: number, recall: number): PrecisionAndRecall {
  return { precision, recall, f: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}

function countBy(faces: readonly number[], keyOf: (face: number) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const face of faces) counts.set(keyOf(face), (counts.get(keyOf(face)) ?? 0) + 1);
  return counts;
}

function pairsIn(counts: ReadonlyMap<string, number>): number {
  let pairs = 0;
  for (const count of counts.values()) pairs += (count * (count - 1)) / 2;
  return pairs;
}
