import { sql } from 'kysely';
import type { LibraryContext } from '../../library/library-context.ts';
import type { Elsewhere } from '../../model/audit.ts';

/** Airliners fly up to 950 km/h, and with the jet stream up to 1,250 over the ground, for some hours. */
const FASTEST_KM_PER_HOUR = 1_250;
/** Clocks of two cameras are minutes apart, and what a phone takes for its place may be another part of the town. */
const SLACK_KM = 100;
const EARTH_RADIUS_KM = 6_371;
/** Nobody is farther away. */
const FARTHEST_KM = Math.PI * EARTH_RADIUS_KM;
const MILLIS_PER_HOUR = 3_600_000;
const MILLIS_PER_MINUTE = 60_000;

/** A face that was named, in a photo that knows where and when it was taken. */
export interface Sighting {
  readonly faceId: string;
  readonly photoId: string;
  readonly personId: string;
  readonly at: Date;
  /** Degrees. */
  readonly latitude: number;
  readonly longitude: number;
}

/** By face: where its person was seen as well, at a time at which nobody could have come from there. */
export async function readTwoPlaces(context: LibraryContext, signal?: AbortSignal): Promise<Map<string, Elsewhere>> {
  const { rows } = await sql<Sighting>`
    SELECT label.face_id AS "faceId", photo.photo_id AS "photoId", person_id AS "personId", shot_ts AS at, latitude, longitude
    FROM face_labels label JOIN photos photo USING (photo_id)
    WHERE label.library_id = ${context.libraryId} AND label_source <> 'model_guess' AND deleted_ts IS NULL AND ${isTrustworthy}`.execute(
    context.db,
    { signal, inflightQueryAbortStrategy: 'cancel query' },
  );
  return findTwoPlaces(rows);
}

/**
 * An instant that the photo itself knows: a clock whose offset was taken from its position, from other photos or from a rule may have
 * been that of another zone. 0° 0′ is what devices write that know no position.
 */
const isTrustworthy = sql<boolean>`
  shot_ts IS NOT NULL AND shot_ts_precision IN ('subsecond', 'second', 'minute') AND shot_offset_source IN ('tag', 'gps', 'takeout')
  AND latitude IS NOT NULL AND longitude IS NOT NULL AND (latitude, longitude) <> (0, 0)`;

/** Of several places that cannot be, the one by which a face is farthest from possible. */
export function findTwoPlaces(sightings: readonly Sighting[]): Map<string, Elsewhere> {
  const worst = new Map<string, Elsewhere & { excess: number }>();
  const note = (one: Sighting, other: Sighting, { kilometres, excess }: { kilometres: number; excess: number }) => {
    if ((worst.get(one.faceId)?.excess ?? 0) >= excess) return;
    const minutes = Math.round((other.at.getTime() - one.at.getTime()) / MILLIS_PER_MINUTE);
    worst.set(one.faceId, { faceId: other.faceId, photoId: other.photoId, kilometres: Math.round(kilometres), minutes, excess });
  };
  for (const ofPerson of Map.groupBy(sightings, ({ personId }) => personId).values()) {
    const inOrder = ofPerson.toSorted((a, b) => a.at.getTime() - b.at.getTime() || (a.faceId < b.faceId ? -1 : 1));
    for (const [place, one] of inOrder.entries()) {
      for (const other of inOrder.slice(place + 1)) {
        const reach = SLACK_KM + (FASTEST_KM_PER_HOUR * (other.at.getTime() - one.at.getTime())) / MILLIS_PER_HOUR;
        if (reach >= FARTHEST_KM) break;
        const kilometres = kilometresBetween(one, other);
        const excess = kilometres - reach;
        if (excess <= 0) continue;
        note(one, other, { kilometres, excess });
        note(other, one, { kilometres, excess });
      }
    }
  }
  return new Map([...worst].map(([faceId, { excess: _, ...elsewhere }]) => [faceId, elsewhere]));
}

/** Along the great circle. */
function kilometresBetween(a: Pick<Sighting, 'latitude' | 'longitude'>, b: Pick<Sighting, 'latitude' | 'longitude'>): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const north = radians(b.latitude - a.latitude);
  const east = radians(b.longitude - a.longitude);
  const chord =
    Math.sin(north / 2) ** 2 + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(east / 2) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
}
