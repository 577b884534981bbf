import { isEvidence } from '../../evidence/evidence-rules.ts';
import type { FaceBank } from '../../evidence/face-bank.ts';
import type { FaceFacts } from '../../evidence/face-facts.ts';

/** When and where a photo was taken, as far as it matters for who is on it. */
export interface Occasion {
  readonly photoId: string;
  /** Wall clock of the shot in minutes since 1970; null when not even its day is known. */
  readonly minute: number | null;
  /** Days since 1970; a photo of an unknown day has a day of its own, below zero. */
  readonly day: number;
  /** Degrees; null when the place is not known. */
  readonly place: { readonly latitude: number; readonly longitude: number } | null;
}

/** A photo on which somebody is, as somebody said. */
export interface Sighting extends Occasion {
  /** Each once. */
  readonly people: readonly string[];
}

const MINUTES_PER_DAY = 1440;

/** Of the face that tells it: facts stay the same objects from one answer to the next. */
const minutes = new WeakMap<FaceFacts, number | null>();

/** By photo. */
export function findSightings({ faces, withoutVector }: Pick<FaceBank, 'faces' | 'withoutVector'>): Map<string, Sighting> {
  const speaking = [...faces, ...withoutVector.values()].filter(isEvidence);
  const byPhoto = Map.groupBy(speaking, ({ photoId }) => photoId);
  let undated = 0;
  return new Map(
    [...byPhoto].map(([photoId, inPhoto]) => [
      photoId,
      { ...occasionOf(inPhoto[0]!, --undated), people: [...new Set(inPhoto.map(({ personId }) => personId!))] },
    ]),
  );
}

/** `unknownDay`: stands for the day where it is not known. */
export function occasionOf(face: FaceFacts, unknownDay: number): Occasion {
  const { photoId, latitude, longitude } = face;
  const known = minutes.get(face);
  const minute = known === undefined ? minuteOf(face.shotLocal, face.shotPrecision) : known;
  if (known === undefined) minutes.set(face, minute);
  return {
    photoId,
    minute,
    day: minute === null ? unknownDay : Math.floor(minute / MINUTES_PER_DAY),
    place: latitude === null || longitude === null ? null : { latitude, longitude },
  };
}

/** A time that is known to the day only is taken as noon. */
function minuteOf(shotLocal: FaceFacts['shotLocal'], precision: FaceFacts['shotPrecision']): number | null {
  if (shotLocal === null || precision === 'year' || precision === 'month') return null;
  const [date, time] = [shotLocal.slice(0, 10), precision === 'day' ? '12:00' : shotLocal.slice(11, 16)];
  const milliseconds = Date.parse(`${date}T${time}Z`);
  return Number.isNaN(milliseconds) ? null : milliseconds / 60_000;
}
