import { groupFaces } from '../../packages/sdk/src/grouping/group-faces.ts';
import { faceFacts } from '../../packages/sdk/test/support/generated-bank.ts';

/** Groups faces of which nothing is known but their photos; the number of its group for each. */
export async function groupUnknown({
  photos,
  vectors,
  dimension,
}: {
  photos: readonly number[];
  vectors: Float32Array;
  dimension: number;
}): Promise<Int32Array> {
  const groups = await groupFaces({
    faces: photos.map((photo, place) => faceFacts({ faceId: String(place).padStart(8, '0'), photoId: `${photo}` })),
    vectors,
    dimension,
    withoutVector: [],
    linked: [],
    apart: [],
    former: () => null,
  });
  const numbers = new Int32Array(photos.length);
  for (const [number, { parts }] of groups.entries()) {
    for (const { faces } of parts) for (const face of faces) numbers[face] = number;
  }
  return numbers;
}
