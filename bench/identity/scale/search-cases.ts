import { type RawBuilder, sql } from 'kysely';
import type { SimilarFacesOptions } from '../../../packages/sdk/src/index.ts';
import { l2Distance } from '../../../packages/sdk/src/search/distance.ts';
import type { Crowd } from './crowd.ts';

const [YEAR, LAST_YEAR, PERSON] = [2012, 2013, 7];
export const CITY = 'Kyoto';

/** Which faces may be found, said three times: by what the crowd knows, in SQL, and as options of the library. */
export interface SearchCase {
  readonly name: string;
  readonly passes: (face: number, probe: number) => boolean;
  /** What bare SQL adds to FROM and WHERE over `face_embeddings e`. */
  readonly joins: RawBuilder<unknown>;
  readonly where: RawBuilder<unknown>;
  readonly filter: Pick<SimilarFacesOptions, 'labelled' | 'personId' | 'shotFrom' | 'shotTo'>;
}

/** All faces; those under each filter of `similarFaces`; and those of a place, which only `search.search` can be asked for. */
export function searchCases(crowd: Crowd): { all: SearchCase; filtered: SearchCase[]; inCity: SearchCase } {
  const photoJoins = sql`JOIN faces f ON f.face_id = e.face_id JOIN photos p ON p.photo_id = f.photo_id`;
  const labelJoin = sql`LEFT JOIN face_labels label ON label.face_id = e.face_id`;
  const personId = crowd.personIds[PERSON]!;
  return {
    all: { name: 'all', passes: () => true, joins: sql``, where: sql``, filter: {} },
    filtered: [
      {
        name: 'unlabelled',
        passes: (face) => crowd.isNamed[face] === 0,
        joins: labelJoin,
        where: sql`AND label.face_id IS NULL`,
        filter: { labelled: false },
      },
      {
        name: 'one person',
        passes: (face) => crowd.persons[face] === PERSON && crowd.isNamed[face] === 1,
        joins: labelJoin,
        where: sql`AND label.person_id = ${personId}`,
        filter: { personId },
      },
      {
        name: 'two years',
        passes: (face) => crowd.yearOf(face) >= YEAR && crowd.yearOf(face) <= LAST_YEAR,
        joins: photoJoins,
        where: sql`AND p.sort_ts >= ${`${YEAR}-01-01`}::timestamp AND p.sort_ts < ${`${LAST_YEAR + 1}-01-01`}::timestamp`,
        filter: { shotFrom: String(YEAR), shotTo: String(LAST_YEAR) },
      },
    ],
    inCity: {
      name: 'a place',
      // One face of a photo, as `search.search` gives.
      passes: (face, probe) => crowd.cityOf(face) === CITY && isNearerOfPhoto(crowd, face, probe),
      joins: photoJoins,
      where: sql`AND p.place_city = ${CITY}`,
      filter: {},
    },
  };
}

function isNearerOfPhoto(crowd: Crowd, face: number, probe: number): boolean {
  const other = crowd.besides(face);
  const distanceTo = (of: number) => l2Distance(crowd.vector(probe), crowd.vector(of));
  return other === probe || distanceTo(face) <= distanceTo(other);
}
