import { groupFaces } from '../../packages/sdk/src/grouping/group-faces.ts';
import { NOBODY, type Puzzle } from '../../packages/sdk/src/placing/puzzle.ts';
import { faceFacts } from '../../packages/sdk/test/support/generated-bank.ts';
import type { Households } from './draw-households.ts';
import type { LabelledEmbeddings } from './labelled-embeddings.ts';

/** The puzzle of a simulated library of which nothing is confirmed, and who each face really is: NOBODY for a stranger. */
export async function householdPuzzle(
  data: LabelledEmbeddings,
  { photos, known }: Households,
): Promise<{ puzzle: Puzzle; truth: number[] }> {
  const { dimension } = data;
  const numberOf = new Map([...known].map((person, number) => [person, number]));
  const faces = photos.flatMap((photo, number) => photo.faces.map((place) => ({ place, photo: number })));
  const vectors = new Float32Array(faces.length * dimension);
  for (const [i, { place }] of faces.entries()) {
    vectors.set(data.vectors.subarray(place * dimension, (place + 1) * dimension), i * dimension);
  }
  const groups = await groupFaces({
    faces: faces.map(({ photo }, i) => faceFacts({ faceId: String(i).padStart(8, '0'), photoId: `${photo}` })),
    vectors,
    dimension,
    withoutVector: [],
    linked: [],
    apart: [],
    former: () => null,
  });
  const logCrowding = new Float64Array(faces.length);
  for (const { parts } of groups) for (const part of parts) for (const face of part.faces) logCrowding[face] = part.logCrowding;
  const puzzle: Puzzle = {
    photoOf: Int32Array.from(faces, ({ photo }) => photo),
    names: photos.map(({ names }) => names.map((person) => numberOf.get(person)!)),
    people: known.size,
    vectors,
    dimension,
    logCrowding,
    groups: groups.map(({ parts }) => parts.flatMap((part) => part.faces)),
    said: new Int32Array(faces.length).fill(NOBODY),
    barred: new Map(),
  };
  return { puzzle, truth: faces.map(({ place }) => numberOf.get(data.faces[place]!.person) ?? NOBODY) };
}
