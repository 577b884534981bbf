import type { FaceBox } from '../../model/face-box.ts';
import { overlap, SAME_FACE_OVERLAP } from '../../values/face-overlap.ts';
import { assignBest } from './assign-best.ts';

/**
 * Least overlap (intersection over union) of a region and the face it names. Only keeps boxes apart that no program draws around one
 * face: three times as wide as dlib's, or a third.
 */
const LEAST_OVERLAP = 0.1;

/**
 * Whether a region drawn by another program may show a face that was found: the centre of each lies in the other.
 *
 * Programs draw from the mouth to the brows (0.6 of dlib's square) up to the whole head with hair (2.4), mostly off its centre. Of
 * regions 0.6 to 2.4 times as large as the faces of the sample photos and of generated crowds of 25, three quarters to eleven tenths as
 * wide as high and off by up to 15 %, this finds the right face for every one, even where a neighbour was not detected. An overlap of
 * 0.5 finds 98 % of those of equal size, 17 % of those 1.6 times as large and none at 2; one of 0.2 loses 62 % at 2.4; with only one of
 * the centres, 3 % of a crowd's are given to a neighbour.
 */
export function mayShow(region: FaceBox, face: FaceBox): boolean {
  return holdsCentre(region, face) && holdsCentre(face, region) && overlap(region, face) >= LEAST_OVERLAP;
}

function holdsCentre(outer: FaceBox, inner: FaceBox): boolean {
  const x = inner.x + inner.width / 2;
  const y = inner.y + inner.height / 2;
  return x >= outer.x && x <= outer.x + outer.width && y >= outer.y && y <= outer.y + outer.height;
}

/**
 * Finds the face of each region: one to one, and so that they overlap the most in all. Gives, for every region, the index of its face
 * or null.
 */
export function matchRegions(regions: readonly FaceBox[], faces: readonly FaceBox[]): (number | null)[] {
  return assignBest(regions.map((region) => faces.map((face) => (mayShow(region, face) ? overlap(region, face) : 0))));
}

/**
 * Programs write one face in both kinds of metadata, or twice: the first region at a place counts. Of one name, a tight box and one around the whole
 * head are one place.
 */
export function distinctRegions<Region extends { box: FaceBox; name?: string }>(regions: readonly Region[]): Region[] {
  const kept: Region[] = [];
  for (const region of regions) {
    const isRepeated = kept.some(
      ({ box, name }) =>
        overlap(box, region.box) >= SAME_FACE_OVERLAP || (name !== undefined && name === region.name && mayShow(box, region.box)),
    );
    if (!isRepeated) kept.push(region);
  }
  return kept;
}
